import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Counts what makes the code of the four modules easy or hard to read: its size, long records and constructor calls, rows
 * that are read by position, fragments of Javadoc, types that share a simple name, circles of packages, and files that name
 * Claude outside the rooms that may, in an identifier, an import or a text. It parses the sources and resolves nothing; a call counts by its shape.
 */
public final class Counts {

    private static final List<String> MODULES = List.of("core", "launcher", "mcp", "shell");

    private static final Pattern NUMBER_GETTER = Pattern.compile(
            "get(String|Int|Long|Double|Float|Boolean|Bytes|Object|Short|Timestamp|Instant|Text|Blob)?");

    /** A package that bears Claude's name, such as dev.katra.launcher.claude, is its room. */
    private static final Pattern CLAUDES_ROOM = Pattern.compile(".*\\.claude(\\..*)?");

    /** The column that bears the name: it is in every database there is, and the queries that use it must name it. */
    private static final String CLAUDES_COLUMN = "claude_session_id";

    private static final int LONG_CALL = 6;

    private final Map<String, int[]> sizes = new TreeMap<>();
    private final Map<Integer, Integer> recordSizes = new TreeMap<>();
    private final List<String> longRecords = new ArrayList<>();
    private final List<String> longCalls = new ArrayList<>();
    private final List<String> positionalReads = new ArrayList<>();
    private final List<String> fragments = new ArrayList<>();
    private final Map<String, Set<String>> simpleNames = new TreeMap<>();
    private final Map<String, Set<String>> packageUses = new TreeMap<>();
    private final Set<String> claudeFiles = new TreeSet<>();
    private final Set<String> records = new HashSet<>();
    private int javadocs;

    /** A first sentence that begins so names nothing and does nothing: it can be understood only after the code. */
    private final Pattern fragment;

    private Counts(Pattern fragment) {
        this.fragment = fragment;
    }

    /**
     * Takes the file with the words with which a fragment of Javadoc begins, one a line, the root of the tree, and
     * optionally the word "list" to print each finding with its place.
     */
    public static void main(String[] args) throws IOException {
        String words = String.join("|", Files.readAllLines(Path.of(args[0])));
        Counts counts = new Counts(Pattern.compile("^(" + words + ")\\b.*", Pattern.DOTALL));
        counts.read(Path.of(args[1]).toRealPath());
        counts.print(args.length > 2 && args[2].equals("list"));
    }

    private void read(Path root) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = new ArrayList<>();
            for (String module : MODULES) {
                Path main = root.resolve("katra-" + module).resolve("src/main/java");
                try (Stream<Path> found = Files.walk(main)) {
                    found.filter(path -> path.toString().endsWith(".java")).sorted().forEach(sources::add);
                }
            }
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, diagnostic -> {}, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees docs = DocTrees.instance(task);
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            for (CompilationUnitTree unit : units) {
                new RecordNames().scan(unit, null);
            }
            for (CompilationUnitTree unit : units) {
                count(root, unit, docs);
            }
        }
    }

    private void count(Path root, CompilationUnitTree unit, DocTrees docs) throws IOException {
        Path file = Path.of(unit.getSourceFile().toUri());
        String place = root.relativize(file).toString();
        String named = unit.getPackageName().toString();
        int[] size = sizes.computeIfAbsent(named, unused -> new int[2]);
        size[0]++;
        size[1] += Files.readAllLines(file).size();
        for (ImportTree use : unit.getImports()) {
            String type = use.getQualifiedIdentifier().toString();
            if (type.startsWith("dev.katra.")) {
                packageUses.computeIfAbsent(named, unused -> new TreeSet<>()).add(packageOf(type));
            }
        }
        new Scan(unit, place, docs).scan(unit, null);
    }

    /** The package in the name of an imported type or member: all words before the first that begins with a capital. */
    private static String packageOf(String type) {
        return Stream.of(type.split("\\."))
                .takeWhile(word -> Character.isLowerCase(word.charAt(0)))
                .collect(Collectors.joining("."));
    }

    private final class RecordNames extends TreePathScanner<Void, Void> {
        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (type.getKind() == Tree.Kind.RECORD) {
                records.add(type.getSimpleName().toString());
            }
            return super.visitClass(type, unused);
        }
    }

    private final class Scan extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final String place;
        private final DocTrees docs;
        private final boolean mayNameClaude;

        Scan(CompilationUnitTree unit, String place, DocTrees docs) {
            this.unit = unit;
            this.place = place;
            this.docs = docs;
            String named = unit.getPackageName().toString();
            mayNameClaude = CLAUDES_ROOM.matcher(named).matches() || named.contains(".gateway");
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            String name = type.getSimpleName().toString();
            if (getCurrentPath().getParentPath().getLeaf() == unit && !name.isEmpty()) {
                simpleNames.computeIfAbsent(name, key -> new TreeSet<>()).add(place);
            }
            if (type.getKind() == Tree.Kind.RECORD) {
                int components = (int) type.getMembers().stream()
                        .filter(member -> member instanceof VariableTree field
                                && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                        .count();
                recordSizes.merge(components, 1, Integer::sum);
                if (components > LONG_CALL) {
                    longRecords.add(at(type) + " " + name + "(" + components + ")");
                }
            }
            naming(name);
            javadoc(type, name);
            return super.visitClass(type, unused);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            naming(method.getName().toString());
            javadoc(method, method.getName().toString());
            return super.visitMethod(method, unused);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void unused) {
            naming(variable.getName().toString());
            if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
                javadoc(variable, variable.getName().toString());
            }
            return super.visitVariable(variable, unused);
        }

        @Override
        public Void visitIdentifier(IdentifierTree identifier, Void unused) {
            naming(identifier.getName().toString());
            return super.visitIdentifier(identifier, unused);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree select, Void unused) {
            naming(select.getIdentifier().toString());
            return super.visitMemberSelect(select, unused);
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void unused) {
            if (literal.getValue() instanceof String text) {
                naming(text);
            }
            return super.visitLiteral(literal, unused);
        }

        @Override
        public Void visitNewClass(NewClassTree call, Void unused) {
            String type = simple(call.getIdentifier().toString());
            int given = call.getArguments().size();
            boolean hole = call.getArguments().stream().anyMatch(argument -> argument.getKind() == Tree.Kind.NULL_LITERAL);
            if (records.contains(type) && (given > LONG_CALL || hole)) {
                longCalls.add(at(call) + " new " + type + "(" + given + (hole ? ", with null" : "") + ")");
            }
            return super.visitNewClass(call, unused);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
            if (call.getMethodSelect() instanceof MemberSelectTree select
                    && select.getExpression().getKind() == Tree.Kind.IDENTIFIER
                    && select.getExpression().toString().matches("row|rs|rows|result|results")
                    && NUMBER_GETTER.matcher(select.getIdentifier()).matches()
                    && !call.getArguments().isEmpty()
                    && isNumber(call.getArguments().get(0))) {
                positionalReads.add(at(call) + " " + call);
            }
            return super.visitMethodInvocation(call, unused);
        }

        private boolean isNumber(ExpressionTree argument) {
            return argument.getKind() == Tree.Kind.INT_LITERAL
                    || argument.getKind() == Tree.Kind.PLUS
                    || argument.getKind() == Tree.Kind.POSTFIX_INCREMENT;
        }

        private void naming(String word) {
            String plain = word.toLowerCase(Locale.ROOT).replace(CLAUDES_COLUMN, "");
            if (!mayNameClaude && plain.contains("claude")) {
                claudeFiles.add(place);
            }
        }

        private void javadoc(Tree tree, String name) {
            DocCommentTree comment = docs.getDocCommentTree(new TreePath(getCurrentPath(), tree).getParentPath().getLeaf() == tree
                    ? new TreePath(getCurrentPath().getParentPath(), tree)
                    : getCurrentPath());
            if (comment == null) {
                return;
            }
            javadocs++;
            String first = comment.getFirstSentence().stream().map(Object::toString).collect(Collectors.joining()).strip();
            if (fragment.matcher(first).matches()) {
                fragments.add(at(tree) + " " + name + ": " + first.replaceAll("\\s+", " "));
            }
        }

        private String at(Tree tree) {
            long position = docs.getSourcePositions().getStartPosition(unit, tree);
            return place + ":" + unit.getLineMap().getLineNumber(position);
        }
    }

    private static String simple(String type) {
        String plain = type.replaceAll("<.*", "");
        return plain.substring(plain.lastIndexOf('.') + 1);
    }

    private void print(boolean list) {
        for (String module : MODULES) {
            int files = 0;
            int lines = 0;
            for (Map.Entry<String, int[]> size : sizes.entrySet()) {
                if (size.getKey().equals("dev.katra." + module) || size.getKey().startsWith("dev.katra." + module + ".")) {
                    files += size.getValue()[0];
                    lines += size.getValue()[1];
                }
            }
            System.out.printf("katra-%-44s %5d files %7d lines%n", module, files, lines);
            sizes.forEach((named, size) -> {
                if (named.equals("dev.katra." + module) || named.startsWith("dev.katra." + module + ".")) {
                    System.out.printf("  %-48s %5d files %7d lines%n", named, size[0], size[1]);
                }
            });
        }
        System.out.println("records by number of components: " + recordSizes);
        found("records of more than " + LONG_CALL + " components", longRecords, list);
        found("records built with more than " + LONG_CALL + " arguments or a null", longCalls, list);
        found("columns of a row read by position", positionalReads, list);
        System.out.println("Javadoc comments: " + javadocs);
        found("fragments of Javadoc", fragments, list);
        found(
                "simple names of more than one type",
                simpleNames.entrySet().stream()
                        .filter(name -> name.getValue().size() > 1 && !name.getKey().equals("package-info"))
                        .map(name -> name.getKey() + " " + name.getValue())
                        .toList(),
                list);
        found("circles of packages", circles(), true);
        found("files that name Claude elsewhere than its own rooms do", List.copyOf(claudeFiles), list);
    }

    private static void found(String what, List<String> places, boolean list) {
        System.out.println(what + ": " + places.size());
        if (list) {
            places.forEach(place -> System.out.println("  " + place));
        }
    }

    /** The groups of packages each of which uses every other by some way (Tarjan's strongly connected components). */
    private List<String> circles() {
        Map<String, Integer> order = new HashMap<>();
        Map<String, Integer> low = new HashMap<>();
        Deque<String> open = new ArrayDeque<>();
        List<String> circles = new ArrayList<>();
        for (String start : packageUses.keySet()) {
            if (!order.containsKey(start)) {
                visit(start, order, low, open, circles);
            }
        }
        return circles;
    }

    private void visit(
            String named, Map<String, Integer> order, Map<String, Integer> low, Deque<String> open, List<String> circles) {
        order.put(named, order.size());
        low.put(named, order.get(named));
        open.push(named);
        for (String used : packageUses.getOrDefault(named, Set.of())) {
            if (!order.containsKey(used)) {
                visit(used, order, low, open, circles);
                low.merge(named, low.get(used), Math::min);
            } else if (open.contains(used)) {
                low.merge(named, order.get(used), Math::min);
            }
        }
        if (low.get(named).equals(order.get(named))) {
            Set<String> circle = new TreeSet<>();
            String last;
            do {
                last = open.pop();
                circle.add(last);
            } while (!last.equals(named));
            if (circle.size() > 1) {
                circles.add(circle.toString());
            }
        }
    }
}
