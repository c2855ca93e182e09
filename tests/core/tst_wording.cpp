// SPDX-License-Identifier: GPL-3.0-or-later
// One word for one thing: CONTRIBUTING.md says which. Looks at all texts, comments and documents.
#include "tests/support/test_support.h"

#include <QDirIterator>
#include <QRegularExpression>

namespace {

const QString root = QStringLiteral(SIMCLR_SOURCE_DIR);

struct Banned {
    const char *pattern;
    const char *instead;
};

const Banned banned[] = {
    {R"(\bjudg(e|es|ed|ing|ement|ements)\b)", "evaluate"},
    {R"(\banew\b)", "again"},
    {R"(\b(lately|of late)\b)", "recent, recently"},
    {R"(\bmiddle squares?\b)", "centre crop"},
    {R"(\bshares? of (the )?(training )?labels\b)", "label fraction"},
    {R"(\b(images|views|pictures) a second\b)", "images per second, images/s"},
    {R"(\bsteps an epoch\b)", "steps per epoch"},
    {R"(\brivals?\b)", "reference"},
    {R"(\bhand(s|ed)? over\b)", "export, import, pass"},
    {R"(\bis not here\b)", "is not available"},
    {R"(\bfor good\b)", "permanently, delete"},
    {R"(\bas it is now\b)", "current"},
    {R"(\bthere is nothing called\b)", "unknown"},
    {R"(\bmakes? no sense\b)", "is not valid"},
};

/// Words of earlier versions, which are read for as long as their files are.
const QStringList frozen{"core/store/legacy_results.cpp", "core/store/legacy_results.h",
                         "core/store/migrations/", "tests/core/store/tst_results.cpp",
                         "tests/core/tst_wording.cpp"};

QStringList files() {
    QStringList files{"README.md", "CONTRIBUTING.md"};
    for (const char *top : {"app", "core", "docs", "packaging", "tests", "ui"})
        for (QDirIterator each(root + "/" + top, {"*.h", "*.cpp", "*.md", "*.sh", "*.txt"}, QDir::Files,
                               QDirIterator::Subdirectories);
             each.hasNext();)
            files << QDir(root).relativeFilePath(each.next());
    return files;
}

bool isFrozen(const QString &file) {
    return std::ranges::any_of(frozen, [&](const QString &start) { return file.startsWith(start); });
}

} // namespace

class TestWording : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void oneWordForOneThing_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("instead");
        for (const Banned &each : banned)
            QTest::newRow(each.pattern)
                << QString::fromLatin1(each.pattern) << QString::fromLatin1(each.instead);
    }
    void oneWordForOneThing() {
        QFETCH(QString, pattern);
        QFETCH(QString, instead);
        const QRegularExpression expression(pattern, QRegularExpression::CaseInsensitiveOption);
        QStringList found;
        for (const QString &file : files()) {
            QFile source(root + "/" + file);
            if (isFrozen(file) || !source.open(QIODevice::ReadOnly))
                continue;
            const QStringList lines = QString::fromUtf8(source.readAll()).split('\n');
            for (qsizetype i = 0; i < lines.size(); ++i)
                if (expression.match(lines[i]).hasMatch())
                    found << QStringLiteral("%1:%2: %3").arg(file).arg(i + 1).arg(lines[i].trimmed());
        }
        QVERIFY2(found.isEmpty(),
                 qPrintable(QStringLiteral("say \"%1\":\n%2").arg(instead, found.join('\n'))));
    }

    void looksAtSomething() {
        QVERIFY(files().size() > 500);
        QVERIFY(isFrozen("core/store/migrations/version_2.cpp"));
    }
};

SIMCLR_TEST(TestWording)
#include "tst_wording.moc"
