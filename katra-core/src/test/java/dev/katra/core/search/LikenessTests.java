package dev.katra.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Staging runs on port 5544. | Staging runs on port 6655 since today.",
                "We release on Thursdays | We release on Fridays now",
                "The build needs JDK 17 | The build needs JDK 21 from now on",
                "API tokens expire after 30 days | API tokens now expire after 7 days",
                "The nightly backup runs at 02:00 on db1 | The nightly backup was moved to 04:00 on db1",
                "Code reviews need one approval | Code reviews need two approvals since the incident",
                "Deployments go through Jenkins | Deployments go through GitHub Actions, no longer Jenkins",
                "Der Staging-Server läuft auf Port 5544 | Der Staging-Server läuft seit heute auf Port 6655",
                "maxRetryCount is 5 | max_retry_count is 8 now",
                "Production database is PostgreSQL 14 | The prod db is PostgreSQL 16 after the upgrade",
                "Ann owns the billing service | Ben owns the billing service since Ann left",
                "Feature flags live in flags.yaml | Feature flags live in LaunchDarkly, not in flags.yaml",
                "测试环境使用端口5544 | 测试环境使用端口6655"
            })
    void isHighWhereOneReplacesTheOther(String old, String next) {
        assertThat(Likeness.of(next).to(old)).isGreaterThanOrEqualTo(Likeness.NEAR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Staging runs on port 5544. | The release notes are written by Ann.",
                "Staging runs on port 5544. | Production runs on port 8080.",
                "We release on Thursdays | The walrus wakes at six",
                "The build needs JDK 17 | The build of the docs fails on Windows because of long paths",
                "API tokens expire after 30 days | The API gateway logs to /var/log/gateway.log",
                "The nightly backup runs at 02:00 on db1 | Nightly tests take 40 minutes on two cores",
                "Code reviews need one approval | The code of the parser is in C++",
                "Deployments go through Jenkins | Deployments to production need a ticket",
                "Der Staging-Server läuft auf Port 5544 | Der Zahlungsabgleich läuft nachts",
                "maxRetryCount is 5 | the max upload size is 20 MB",
                "Production database is PostgreSQL 14 | The database migration took 3 hours on Sunday",
                "Ann owns the billing service | Ann is on holiday until Monday",
                "Feature flags live in flags.yaml | Secrets live in the vault",
                "测试环境使用端口5544 | 发票显示方框"
            })
    void isLowWhereTheyAreAboutDifferentThings(String one, String other) {
        assertThat(Likeness.of(other).to(one)).isLessThan(Likeness.NEAR);
    }
}
