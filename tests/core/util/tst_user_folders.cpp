// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "core/util/user_folders.h"
#include "tests/support/test_support.h"

#include <QTest>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;

namespace {

/// The environment variable `name`, restored at the end.
class Variable {
  public:
    explicit Variable(const char *name) : m_name(name), m_wasSet(qEnvironmentVariableIsSet(name)) {
        m_before = qgetenv(name);
        qunsetenv(name);
    }
    ~Variable() { m_wasSet ? qputenv(m_name, m_before) : qunsetenv(m_name); }
    Variable(const Variable &) = delete;
    Variable &operator=(const Variable &) = delete;
    void set(const char *value) const { qputenv(m_name, value); }

  private:
    const char *m_name;
    bool m_wasSet;
    QByteArray m_before;
};

} // namespace

class TestUserFolders : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void absoluteVariablesAreTaken() {
        const Variable home("HOME");
        const Variable data("XDG_DATA_HOME");
        home.set("/somewhere");
        QCOMPARE(userDataFolder().native(), std::string("/somewhere/.local/share"));
        data.set("/elsewhere");
        QCOMPARE(userDataFolder().native(), std::string("/elsewhere"));
        QCOMPARE(defaultDatabasePath().native(), std::string("/elsewhere/simclr-workbench/runs.sqlite"));
    }

    void relativeOnesAreIgnored_data() {
        QTest::addColumn<QByteArray>("home");
        QTest::addColumn<QByteArray>("data");
        QTest::newRow("not set") << QByteArray() << QByteArray();
        QTest::newRow("empty") << QByteArray("") << QByteArray("");
        QTest::newRow("relative") << QByteArray("here") << QByteArray("data");
        QTest::newRow("dots") << QByteArray("./here") << QByteArray("../data");
    }

    void relativeOnesAreIgnored() {
        QFETCH(QByteArray, home);
        QFETCH(QByteArray, data);
        const Variable homeVariable("HOME");
        const Variable dataVariable("XDG_DATA_HOME");
        if (!home.isNull())
            homeVariable.set(home.constData());
        if (!data.isNull())
            dataVariable.set(data.constData());
        const passwd *self = ::getpwuid(::getuid());
        if (self == nullptr || !std::filesystem::is_directory(self->pw_dir))
            QSKIP("this user has no home folder");
        QCOMPARE(homeFolder(), std::optional<std::filesystem::path>(self->pw_dir));
        QCOMPARE(userDataFolder().native(), std::string(self->pw_dir) + "/.local/share");
    }

    /// As in a container whose user id has no entry in the user database.
    void userWithoutHomeIsRefused() {
        if (::getuid() != 0)
            QSKIP("only root can become another user");
        const pid_t child = ::fork();
        if (child == 0) {
            ::unsetenv("HOME");
            ::unsetenv("XDG_DATA_HOME");
            const bool isOther = ::setuid(1'234'567) == 0;
            const std::string message = thrownMessage<IoError>([] { defaultDatabasePath(); });
            ::_exit(isOther && isClearMessage(message, "HOME is not set") ? 0 : 1);
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
    }
};

SIMCLR_TEST(TestUserFolders, QCoreApplication)
#include "tst_user_folders.moc"
