package dev.katra.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonaNameTests {

    @ParameterizedTest
    @ValueSource(strings = {"Sam", "s", "0", "a_b-C9"})
    void acceptsLettersDigitsUnderscoreAndHyphen(String name) {
        assertThat(PersonaName.require(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-a", "_a", "a b", "a.b", "a:b", "=a", "Zoë", "a\n", "$(x)", "a/b"})
    void refusesAnythingElse(String name) {
        assertThatThrownBy(() -> PersonaName.require(name))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(Failure.Code.INVALID));
    }

    @Test
    void has64CharactersAtMost() {
        assertThat(PersonaName.require("a".repeat(64))).hasSize(64);
        assertThatThrownBy(() -> PersonaName.require("a".repeat(65))).isInstanceOf(Failure.class);
    }

    @Test
    void repeatsOnlyTheBeginningOfALongName() {
        assertThatThrownBy(() -> PersonaName.require("x ".repeat(100_000)))
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(200));
    }

    @ParameterizedTest
    @CsvSource({
        "ada,ada",
        "ada lovelace,ada-lovelace",
        "j.doe@corp,j-doe-corp",
        "_www,www",
        "Émile,mile",
        "李,human",
        "'',human"
    })
    void makesANameOfALoginName(String login, String name) {
        assertThat(PersonaName.from(login)).isEqualTo(name);
        assertThat(PersonaName.require(PersonaName.from(login))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Katra", "KATRA", "all", "All", "room", "Everyone"})
    void aNameThatMeansSomethingElseIsNobodysNewName(String name) {
        assertThat(PersonaName.require(name)).isEqualTo(name);
        assertThatThrownBy(() -> PersonaName.requireNew(name)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
            assertThat(failure.text()).startsWith("\"" + name + "\" cannot be a persona's name: ");
            assertThat(failure.hint()).contains("choose another name, such as " + name + "-1");
        });
        assertThat(PersonaName.requireNew(PersonaName.unreserved(name))).isEqualTo(name + "-1");
        assertThat(PersonaName.unreserved("Sam")).isEqualTo("Sam");
    }

    @Test
    void cutsALongLoginName() {
        assertThat(PersonaName.require(PersonaName.from("é" + "ab".repeat(100))))
                .hasSize(64);
    }
}
