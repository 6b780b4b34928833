package dev.katra.core.testing.retrieval;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What SQLite gives for nothing: bm25 over the content, stemmed, any word of the question. Others compare with it. */
public final class PlainRanking implements RetrievalRanking, AutoCloseable {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");

    private final List<TeamMemory> memories;
    private final Connection store;

    public PlainRanking(RetrievalSet set) throws SQLException {
        memories = set.memories();
        store = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement create = store.createStatement()) {
            create.execute("CREATE VIRTUAL TABLE memory USING fts5 (content, tokenize = 'porter unicode61')");
        }
        try (PreparedStatement add = store.prepareStatement("INSERT INTO memory (rowid, content) VALUES (?, ?)")) {
            for (int row = 0; row < memories.size(); row++) {
                add.setInt(1, row);
                add.setString(2, memories.get(row).memory().body().content());
                add.executeUpdate();
            }
        }
    }

    @Override
    public List<String> find(RetrievalQuestion question) {
        String match = WORD.matcher(question.text())
                .results()
                .map(MatchResult::group)
                .map(word -> "\"" + word + "\"")
                .collect(Collectors.joining(" OR "));
        try (PreparedStatement query =
                store.prepareStatement("SELECT rowid FROM memory WHERE memory MATCH ? ORDER BY rank")) {
            query.setString(1, match);
            List<String> found = new ArrayList<>();
            ResultSet rows = query.executeQuery();
            while (found.size() < RetrievalQuestion.DEPTH && rows.next()) {
                TeamMemory memory = memories.get(rows.getInt(1));
                if (memory.visibleTo(question.viewer())) {
                    found.add(memory.key());
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(question.text(), e);
        }
    }

    @Override
    public void close() throws SQLException {
        store.close();
    }
}
