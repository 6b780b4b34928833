import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers of what was written with one tool: one of its own for each call, and none left out. */
final class Written {

    private final String tool;
    private final Pattern answer;
    private final Corpus corpus = new Corpus();
    private final AtomicLong next = new AtomicLong();
    private final Set<Long> numbers = ConcurrentHashMap.newKeySet();

    Written(String tool, String answer) {
        this.tool = tool;
        this.answer = Pattern.compile(answer);
    }

    long say(Mcp katra) throws IOException {
        return note(katra, "{\"message\":\"" + corpus.note(next.incrementAndGet()) + "\",\"to\":[\"Peer\"]}");
    }

    /** Notes of different length, each with its number, so that none is like another. */
    long remember(Mcp katra) throws IOException {
        long number = next.incrementAndGet();
        return note(
                katra,
                "{\"content\":\"" + corpus.note(number) + " " + number + "\",\"tags\":[\"" + corpus.tag(number) + "\"]}");
    }

    private long note(Mcp katra, String arguments) throws IOException {
        long nanos = katra.tool(tool, arguments);
        Matcher matcher = answer.matcher(katra.text());
        if (!matcher.find() || !numbers.add(Long.parseLong(matcher.group(1)))) {
            throw new Fault("no number of its own", katra.answer());
        }
        return nanos;
    }

    /** As many are stored as were written: their numbers have no gaps. */
    void requireAll() throws Fault {
        long least = numbers.stream().mapToLong(Long::longValue).min().orElse(0);
        long most = numbers.stream().mapToLong(Long::longValue).max().orElse(-1);
        if (most - least + 1 != numbers.size() || numbers.size() != next.get()) {
            throw new Fault(tool, numbers.size() + " numbers from " + least + " to " + most + " of " + next.get() + " calls");
        }
    }
}
