package dev.katra.gateway.permission;

import dev.katra.gateway.permission.KnownOptions.NumericOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lists the programs that only read, with those of their options that are known to do no more, after the manuals of
 * GNU, BSD and git. A letter counts as an option with a value only if it is one in all of them.
 */
final class ReadOnlyPrograms {

    private static final KnownOptions LIST = KnownOptions.letters("1aAbBcCdfFgGhHiklLmnNopqQrRsStuUvxX", "")
            .and("all almost-all classify color directory full-time group-directories-first human-readable ignore inode"
                    + " no-group numeric-uid-gid recursive reverse si size sort time time-style");
    private static final KnownOptions ENDS = KnownOptions.letters("qv", "nc").and("bytes lines quiet silent verbose");
    private static final KnownOptions GREP = KnownOptions.letters("abcEFGhHiIlLnoPqrRsUvwxy", "ABCem")
            .and(
                    "after-context basic-regexp before-context binary-files color colour context count dereference-recursive"
                            + " exclude exclude-dir extended-regexp files-with-matches files-without-match fixed-strings"
                            + " ignore-case include invert-match line-number line-regexp max-count no-filename no-messages null"
                            + " only-matching perl-regexp quiet recursive regexp silent text with-filename word-regexp")
            .and(NumericOption.PLAIN);
    private static final KnownOptions SUM =
            KnownOptions.letters("bct", "").and("binary check quiet status strict tag text warn");

    private static final Map<String, KnownOptions> PROGRAMS = Map.ofEntries(
            Map.entry("ls", LIST),
            Map.entry(
                    "cat", KnownOptions.letters("AbeEnstTuv", "").and("number number-nonblank show-all squeeze-blank")),
            Map.entry("head", ENDS.and(NumericOption.LETTERED)),
            Map.entry("tail", new KnownOptions("fFqrv", "nc", ENDS.words(), NumericOption.LETTERED)),
            Map.entry("wc", KnownOptions.letters("clLmw", "").and("bytes chars lines max-line-length words")),
            Map.entry("pwd", KnownOptions.letters("LP", "")),
            Map.entry("grep", GREP),
            Map.entry("egrep", GREP),
            Map.entry("fgrep", GREP),
            Map.entry(
                    "cut",
                    KnownOptions.letters("ns", "bcdf")
                            .and("bytes characters complement delimiter fields only-delimited output-delimiter")),
            Map.entry("tr", KnownOptions.letters("cCdsu", "").and("complement delete squeeze-repeats truncate-set1")),
            Map.entry(
                    "diff",
                    KnownOptions.letters("abBcdeEiNpqrstuwy", "CUW")
                            .and("brief color context exclude ignore-all-space ignore-blank-lines ignore-case"
                                    + " ignore-space-change ignore-trailing-space minimal new-file recursive"
                                    + " report-identical-files side-by-side strip-trailing-cr suppress-common-lines text"
                                    + " unified width")
                            .and(NumericOption.PLAIN)),
            Map.entry("cmp", KnownOptions.letters("bls", "").and("print-bytes quiet silent verbose")),
            Map.entry(
                    "stat", KnownOptions.letters("cfFlLnqrstx", "").and("dereference file-system format printf terse")),
            Map.entry(
                    "du",
                    KnownOptions.letters("abcDhHklLmPsSx", "d")
                            .and("all apparent-size bytes exclude human-readable max-depth one-file-system si summarize"
                                    + " threshold time total")),
            Map.entry(
                    "df",
                    KnownOptions.letters("ahHiklmPT", "")
                            .and("all human-readable inodes local portability print-type total")),
            Map.entry("whoami", KnownOptions.NONE),
            Map.entry("uname", KnownOptions.letters("aimnoprsv", "").and("all")),
            Map.entry("basename", KnownOptions.letters("az", "s").and("multiple suffix zero")),
            Map.entry("dirname", KnownOptions.letters("z", "").and("zero")),
            Map.entry(
                    "realpath",
                    KnownOptions.letters("emLPqsz", "")
                            .and("canonicalize-existing canonicalize-missing quiet relative-to")),
            Map.entry("readlink", KnownOptions.letters("efmnqsvz", "").and("canonicalize canonicalize-existing")),
            Map.entry("true", KnownOptions.NONE),
            Map.entry("false", KnownOptions.NONE),
            Map.entry("sleep", KnownOptions.NONE),
            Map.entry("which", KnownOptions.letters("as", "").and("all")),
            Map.entry("nl", KnownOptions.letters("p", "bdhilnsvw")),
            Map.entry("md5sum", SUM),
            Map.entry("sha1sum", SUM),
            Map.entry("sha256sum", SUM),
            Map.entry("cd", KnownOptions.letters("LP", "")),
            Map.entry(
                    "sort",
                    KnownOptions.letters("bcCdfghiMmnrRsuVz", "kt")
                            .and("check field-separator general-numeric-sort human-numeric-sort ignore-case"
                                    + " ignore-leading-blanks key month-sort numeric-sort reverse stable unique"
                                    + " version-sort zero-terminated")),
            // -R and -o write files; letters that stand behind a valued one are read as options too.
            Map.entry(
                    "tree",
                    KnownOptions.letters("aACdDfFghiIlLnNpPqrstuvx", "")
                            .and("charset dirsfirst du filelimit gitignore noreport prune")),
            Map.entry(
                    "find",
                    KnownOptions.letters("EHLPXdsx", "")
                            .andWords("H L P a amin and anewer atime cmin cnewer ctime daystart depth empty executable"
                                    + " false follow group iname inum ipath iregex iwholename links ls maxdepth mindepth"
                                    + " mmin mount mtime name newer nogroup not nouser o or path perm print print0 printf"
                                    + " prune quit readable regex regextype samefile size true type user wholename"
                                    + " writable xdev")
                            .and(NumericOption.LETTERED)),
            // Not -eq and its like: some shells calculate what stands there, and run what is in its brackets.
            Map.entry(
                    "test",
                    KnownOptions.letters("", "").andWords("G L O S a b c d e ef f g h k n nt o ot p r s u w x z")));

    private static final String REVISIONS = "abbrev-commit after all author before branches committer date decorate"
            + " first-parent follow format full-history graph grep invert-grep left-right max-count merges no-decorate"
            + " no-merges no-walk oneline pretty remotes reverse since skip tags topo-order until";
    private static final String CHANGES =
            "abbrev cached check color color-words cumulative diff-filter dirstat exit-code"
                    + " find-copies find-renames full-index function-context histogram ignore-all-space ignore-blank-lines"
                    + " ignore-space-change inter-hunk-context merge-base minimal name-only name-status no-color no-ext-diff"
                    + " no-patch no-prefix no-renames no-textconv numstat patch patch-with-stat patience pickaxe-all"
                    + " pickaxe-regex quiet raw shortstat staged stat summary unified word-diff";
    private static final KnownOptions LOG = KnownOptions.letters("bBcmpsuwz", "CGLMSUn")
            .and(REVISIONS)
            .and(CHANGES)
            .and(NumericOption.PLAIN);

    private static final Map<String, KnownOptions> GIT = Map.of(
            "status",
            KnownOptions.letters("bsuvz", "")
                    .and("ahead-behind branch ignored long porcelain short show-stash untracked-files"),
            "log",
            LOG,
            "show",
            LOG,
            "diff",
            LOG,
            "blame",
            KnownOptions.letters("bcefklnpstw", "LCM")
                    .and("abbrev date incremental line-porcelain porcelain root show-email"),
            "rev-parse",
            KnownOptions.NONE.and("abbrev-ref absolute-git-dir all branches git-common-dir git-dir is-bare-repository"
                    + " is-inside-work-tree quiet short show-cdup show-prefix show-toplevel symbolic-full-name tags"
                    + " verify"),
            "ls-files",
            KnownOptions.letters("cdikmostuvz", "x")
                    .and(
                            "abbrev cached deleted directory error-unmatch exclude exclude-standard full-name ignored killed"
                                    + " modified others stage unmerged"),
            "describe",
            KnownOptions.NONE.and(
                    "abbrev all always candidates contains dirty exact-match exclude first-parent long match tags"),
            "shortlog",
            KnownOptions.letters("cens", "").and("all author email group no-merges numbered since summary until"),
            "merge-base",
            KnownOptions.letters("a", "").and("all fork-point independent is-ancestor octopus"));

    /**
     * Matches the conversions that a format of {@code printf} may hold; {@code %n} would set a variable, {@code *}
     * would calculate a width.
     */
    private static final Pattern CONVERSION = Pattern.compile("%%|%[-+ #0']*\\d*(?:\\.\\d*)?[sdiuxXocbqefg]");

    /** Matches the conversions that take a number, which some shells calculate. */
    private static final Pattern NUMERIC_CONVERSION = Pattern.compile("%[^a-zA-Z%]*[diuxXoefg]");

    /**
     * Matches escapes that write a character by its number: it may be any, in some shells before they look for
     * conversions.
     */
    private static final Pattern NUMERIC_ESCAPE = Pattern.compile("\\\\[0-9xuU]");

    private ReadOnlyPrograms() {}

    /** Returns whether this program, called with these arguments, is known to do no more than read. */
    static boolean onlyReads(String program, List<String> arguments) {
        return switch (program) {
            case "git" ->
                !arguments.isEmpty()
                        && Optional.ofNullable(GIT.get(arguments.get(0)))
                                .filter(options -> options.containsAll(arguments.subList(1, arguments.size())))
                                .isPresent()
                        && arguments.stream().noneMatch(each -> each.contains("%G")) // %G runs a checker
                        && !(arguments.get(0).equals("diff")
                                && arguments.stream().anyMatch(ReadOnlyPrograms::mayLeaveWorkTree));
            case "echo" -> true; // echo prints whatever it does not know as an option
            case "printf" ->
                !arguments.isEmpty()
                        && onlyPrints(arguments.get(0))
                        && arguments.stream().noneMatch(ReadOnlyPrograms::mayRunCode)
                        && (arguments.stream().skip(1).noneMatch(ReadOnlyPrograms::mayAssign)
                                || !NUMERIC_CONVERSION.matcher(arguments.get(0)).find());
            case "test" ->
                hasKnownOptions(program, arguments) && arguments.stream().noneMatch(ReadOnlyPrograms::mayRunCode);
            default -> hasKnownOptions(program, arguments);
        };
    }

    private static boolean hasKnownOptions(String program, List<String> arguments) {
        return Optional.ofNullable(PROGRAMS.get(program))
                .filter(options -> options.containsAll(arguments))
                .isPresent();
    }

    /** Returns whether a shell that takes this word for a number or a variable's name would run what is in it. */
    private static boolean mayRunCode(String word) {
        return word.contains("[") || word.contains("$") || word.contains("`");
    }

    /** Returns whether a format of {@code printf} is understood and only prints. */
    private static boolean onlyPrints(String format) {
        return !format.startsWith("-")
                && !NUMERIC_ESCAPE.matcher(format).find()
                && !CONVERSION.matcher(format).replaceAll("").contains("%");
    }

    /** Returns whether a shell that takes this word for a calculation would set a variable. */
    private static boolean mayAssign(String word) {
        return word.contains("=") || word.contains("++") || word.contains("--");
    }

    /** Returns whether a path may lead out of the work tree, where {@code git diff} compares any files and folders. */
    private static boolean mayLeaveWorkTree(String word) {
        return word.startsWith("/")
                || word.equals("..")
                || word.startsWith("../")
                || word.contains("/../")
                || word.endsWith("/..");
    }
}
