package dev.katra.launcher.claude;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Recognises the dialogs at which a client waits for a person before it works. */
public enum Dialog {
    /** The choice of a colour theme, which a fresh configuration shows first. */
    THEME("asks for a colour theme", "Choose the text style that looks best"),
    /** The choice of a way to log in. */
    LOGIN("asks how to log in", "Select login method:"),
    /** The login that goes on in a browser. */
    LOGIN_CODE("waits for the login in a browser", "Paste code here if prompted"),
    /** The security notes, which a person reads and confirms with Enter. */
    SECURITY_NOTES("shows its security notes", "Security notes:", "Press Enter to continue"),
    /** The question whether to trust the folder. */
    TRUST("asks whether to trust the folder", "Yes, I trust this folder"),
    /** The question whether to use the key in the environment. */
    API_KEY("asks whether to use the API key", "Detected a custom API key in your environment"),
    /** The warning about what it means to bypass permissions. */
    BYPASS_PERMISSIONS("asks to accept bypassing permissions", "Bypass Permissions mode", "Yes, I accept"),
    /** The question whether to use one MCP server of the project. */
    PROJECT_MCP_SERVER("asks about an MCP server of the project", "New MCP server found in this project"),
    /** The question which MCP servers of the project to use. */
    PROJECT_MCP_SERVERS("asks about MCP servers of the project", "new MCP servers found in this project"),
    /** The question whether CLAUDE.md may import files from elsewhere. */
    EXTERNAL_IMPORTS(
            "asks whether CLAUDE.md may import files from elsewhere", "Allow external CLAUDE.md file imports?"),
    /** The report of an error in a settings file. */
    SETTINGS_ERROR("found an error in its settings", "Settings Error", "Continue without these settings"),
    /** The message that there is neither a key nor a login. */
    NOT_LOGGED_IN("is not logged in", "Not logged in", "run /login");

    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes an immutable list
    private final List<String> phrases;

    Dialog(String description, String... phrases) {
        this.description = description;
        this.phrases = List.of(phrases);
    }

    /** Returns what the client does, as the rest of a sentence that begins with "Claude Code". */
    public String description() {
        return description;
    }

    /**
     * Returns the dialog that a screen shows. Line breaks in the screen do not matter, because a narrow one breaks
     * everywhere.
     */
    public static Optional<Dialog> shownOn(String screen) {
        String text = screen.replaceAll("\\s+", " ");
        return Arrays.stream(values())
                .filter(dialog -> dialog.phrases.stream().allMatch(text::contains))
                .findFirst();
    }
}
