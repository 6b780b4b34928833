package dev.katra.launcher.claude;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A question at which the client waits for a person before it works. */
public enum Dialog {
    /** The first thing that a fresh configuration shows. */
    THEME("asks for a colour theme", "Choose the text style that looks best"),
    /** How to log in. */
    LOGIN("asks how to log in", "Select login method:"),
    /** The login goes on in a browser. */
    LOGIN_CODE("waits for the login in a browser", "Paste code here if prompted"),
    /** Read and press Enter. */
    SECURITY_NOTES("shows its security notes", "Security notes:", "Press Enter to continue"),
    /** Whether to trust the folder. */
    TRUST("asks whether to trust the folder", "Yes, I trust this folder"),
    /** Whether to use the key in the environment. */
    API_KEY("asks whether to use the API key", "Detected a custom API key in your environment"),
    /** What it means to ask for no permission. */
    BYPASS_PERMISSIONS("asks to accept bypassing permissions", "Bypass Permissions mode", "Yes, I accept"),
    /** Whether to use one MCP server of the project. */
    PROJECT_MCP_SERVER("asks about an MCP server of the project", "New MCP server found in this project"),
    /** Which MCP servers of the project to use. */
    PROJECT_MCP_SERVERS("asks about MCP servers of the project", "new MCP servers found in this project"),
    /** Whether CLAUDE.md may import files from elsewhere. */
    EXTERNAL_IMPORTS(
            "asks whether CLAUDE.md may import files from elsewhere", "Allow external CLAUDE.md file imports?"),
    /** A settings file is wrong. */
    SETTINGS_ERROR("found an error in its settings", "Settings Error", "Continue without these settings"),
    /** Neither a key nor a login. */
    NOT_LOGGED_IN("is not logged in", "Not logged in", "run /login");

    private final String what;

    @SuppressWarnings("ImmutableEnumChecker") // it is: List.of
    private final List<String> phrases;

    Dialog(String what, String... phrases) {
        this.what = what;
        this.phrases = List.of(phrases);
    }

    /** What the client does, to be read after "Claude Code". */
    public String what() {
        return what;
    }

    /** The dialog that a screen shows; line breaks in it do not matter, for a narrow one breaks everywhere. */
    public static Optional<Dialog> on(String screen) {
        String text = screen.replaceAll("\\s+", " ");
        return Arrays.stream(values())
                .filter(dialog -> dialog.phrases.stream().allMatch(text::contains))
                .findFirst();
    }
}
