// SPDX-License-Identifier: GPL-3.0-or-later
// Checks the layers of docs/architecture.md by reading every #include.
#include "tests/support/test_support.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

class TestLayers : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase();
    void coreKnowsNoQt();
    void coreKnowsNothingAboveIt();
    void foldersOfCoreOnlyLookDown();
    void foldersOfTheWindowOnlyLookDown();
    void windowKnowsNoTorch();
    void torchStaysInItsFolders();
    void windowKnowsNoProgram();
    void everyFileHasItsLicence();
    void includesAreRelativeToTheRoot();
    void everyTestRuns();

  private:
    QStringList filesBelow(const QString &folder) const;
    QSet<QString> everythingIncludedBy(const QString &file) const;

    QMap<QString, QStringList> m_includes; // by path relative to the root; "<…>" without its brackets
};

namespace {

const QString root = QStringLiteral(SIMCLR_SOURCE_DIR);

QString textOf(const QString &path) {
    QFile file(root + "/" + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList includesOf(const QString &path) {
    static const QRegularExpression line(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])",
                                         QRegularExpression::MultilineOption);
    QStringList includes;
    for (auto matches = line.globalMatch(textOf(path)); matches.hasNext();)
        includes << matches.next().captured(1);
    return includes;
}

bool isTorch(const QString &include) {
    static const QRegularExpression torch("^(torch|ATen|c10|caffe2)/");
    return torch.match(include).hasMatch();
}

bool isQt(const QString &include) {
    static const QRegularExpression qt("^(Q[A-Z]|Qt|qcustomplot)");
    return qt.match(include).hasMatch();
}

QString folderInCore(const QString &path) {
    return path.section('/', 1, 1);
}

/// Lowest first. A folder may include itself and those before it; store, exchange and report have their own
/// rules, see mayInclude().
const QStringList lowToHigh{"util",     "random",   "statistics", "options", "image", "augment",
                            "data",     "diagnose", "metrics",    "results", "query", "curves",
                            "layout",   "inspect",  "events",     "compute", "model", "train",
                            "evaluate", "embed",    "job",        "study",   "run"};

const QStringList besideTheOrder{"store", "exchange", "report"};

bool mayInclude(const QString &folder, const QString &other) {
    if (folder == other || other == "util")
        return true;
    if (folder == "store")
        return QStringList{"random", "statistics", "options", "metrics", "results", "query"}.contains(
            other); // plain records, no trainers
    if (other == "store")
        return folder == "run" || folder == "exchange" || folder == "report";
    if (folder == "exchange") // beside the order, above store
        return QStringList{"metrics", "results"}.contains(other);
    if (other == "exchange" || other == "report")
        return folder == "run";
    if (folder == "report") // shows what the folders up to results know
        return lowToHigh.indexOf(other) <= lowToHigh.indexOf("results");
    return lowToHigh.contains(folder) && lowToHigh.indexOf(other) < lowToHigh.indexOf(folder);
}

/// The window's folders, lowest first.
const QStringList windowLowToHigh{"widgets", "plots",  "background", "text", "document", "workspace",
                                  "data",    "design", "train",      "runs", "shell"};

} // namespace

void TestLayers::initTestCase() {
    for (const char *top : {"core", "ui", "app", "tests"})
        for (QDirIterator files(root + "/" + top, {"*.h", "*.cpp"}, QDir::Files,
                                QDirIterator::Subdirectories);
             files.hasNext();) {
            const QString path = QDir(root).relativeFilePath(files.next());
            m_includes.insert(path, includesOf(path));
        }
    QVERIFY(m_includes.value("core/data/two_view_loader.h").contains("core/augment/view_renderer.h"));
    QVERIFY(!filesBelow("ui").isEmpty() && !filesBelow("app/workbench").isEmpty());
}

QStringList TestLayers::filesBelow(const QString &folder) const {
    return m_includes.keys().filter(QRegularExpression("^" + folder + "/"));
}

QSet<QString> TestLayers::everythingIncludedBy(const QString &file) const {
    QSet<QString> all;
    QStringList open{file};
    while (!open.isEmpty())
        for (const QString &include : m_includes.value(open.takeLast()))
            if (!all.contains(include)) {
                all.insert(include);
                open << include;
            }
    return all;
}

void TestLayers::coreKnowsNoQt() {
    for (const QString &file : filesBelow("core"))
        for (const QString &include : m_includes[file])
            QVERIFY2(!isQt(include), qPrintable(file + " includes " + include));
}

void TestLayers::coreKnowsNothingAboveIt() {
    for (const QString &file : filesBelow("core"))
        for (const QString &include : m_includes[file])
            QVERIFY2(!include.startsWith("ui/") && !include.startsWith("app/") &&
                         !include.startsWith("tests/"),
                     qPrintable(file + " includes " + include));
}

void TestLayers::foldersOfCoreOnlyLookDown() {
    int looked = 0;
    for (const QString &file : filesBelow("core")) {
        QVERIFY2(lowToHigh.contains(folderInCore(file)) || besideTheOrder.contains(folderInCore(file)),
                 qPrintable(file));
        for (const QString &include : m_includes[file]) {
            if (!include.startsWith("core/"))
                continue;
            ++looked;
            QVERIFY2(mayInclude(folderInCore(file), folderInCore(include)),
                     qPrintable(file + " includes " + include));
        }
    }
    QVERIFY(looked > 50);
}

void TestLayers::foldersOfTheWindowOnlyLookDown() {
    int looked = 0;
    for (const QString &file : filesBelow("ui")) {
        const auto place = windowLowToHigh.indexOf(file.section('/', 1, 1));
        QVERIFY2(place >= 0, qPrintable(file));
        for (const QString &include : m_includes[file]) {
            if (!include.startsWith("ui/"))
                continue;
            ++looked;
            const auto other = windowLowToHigh.indexOf(include.section('/', 1, 1));
            QVERIFY2(other >= 0 && other <= place, qPrintable(file + " includes " + include));
        }
    }
    QVERIFY(looked > 50);
}

void TestLayers::windowKnowsNoTorch() {
    for (const QString &file : filesBelow("ui") + filesBelow("app/workbench"))
        for (const QString &include : everythingIncludedBy(file))
            QVERIFY2(!isTorch(include), qPrintable(file + " reaches " + include));
}

void TestLayers::torchStaysInItsFolders() {
    const QStringList low{"util",   "random",   "statistics", "options",  "image", "augment",
                          "data",   "diagnose", "metrics",    "results",  "query", "curves",
                          "layout", "events",   "store",      "exchange", "report"};
    for (const QString &file : filesBelow("core"))
        if (low.contains(folderInCore(file)))
            for (const QString &include : everythingIncludedBy(file))
                QVERIFY2(!isTorch(include), qPrintable(file + " reaches " + include));
    // The check above is only valid if it finds Torch where Torch is used.
    bool found = false;
    for (const QString &include : everythingIncludedBy("core/model/resnet.cpp"))
        found = found || isTorch(include);
    QVERIFY(found);
}

void TestLayers::windowKnowsNoProgram() {
    for (const QString &file : filesBelow("ui"))
        for (const QString &include : m_includes[file])
            QVERIFY2(!include.startsWith("app/") && !include.startsWith("tests/"),
                     qPrintable(file + " includes " + include));
}

void TestLayers::everyFileHasItsLicence() {
    for (const QString &file : m_includes.keys())
        QVERIFY2(textOf(file).startsWith("// SPDX-License-Identifier: GPL-3.0-or-later\n"), qPrintable(file));
    const QStringList scripts{"CMakeLists.txt", "*.cmake", "*.sh", "*.py"};
    for (const char *top : {"core", "ui", "app", "tests", "cmake", "packaging"})
        for (QDirIterator files(root + "/" + top, scripts, QDir::Files, QDirIterator::Subdirectories);
             files.hasNext();) {
            const QString path = QDir(root).relativeFilePath(files.next());
            QVERIFY2(textOf(path).left(120).contains("# SPDX-License-Identifier: GPL-3.0-or-later\n"),
                     qPrintable(path));
        }
}

void TestLayers::includesAreRelativeToTheRoot() {
    static const QRegularExpression quoted("^\\s*#\\s*include\\s*\"([^\"]+)\"",
                                           QRegularExpression::MultilineOption);
    const QSet<QString> generated{"core/util/version.h"};
    for (const QString &file : m_includes.keys())
        for (auto matches = quoted.globalMatch(textOf(file)); matches.hasNext();) {
            const QString include = matches.next().captured(1);
            QVERIFY2(include.endsWith(".moc") || generated.contains(include) ||
                         QFile::exists(root + "/" + include),
                     qPrintable(file + " includes " + include));
        }
}

/// A test that CTest does not know never runs and so never fails. Tests share programs: for the linker, two
/// types with the same name are one.
void TestLayers::everyTestRuns() {
    static const QRegularExpression anonymous("^namespace \\{$.*?^\\} // namespace$",
                                              QRegularExpression::MultilineOption |
                                                  QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression type("^(?:class|struct|union|enum|enum class) (\\w+)[^;]*?\\{",
                                         QRegularExpression::MultilineOption);
    QSet<QString> tests;
    for (const QString &file : filesBelow("tests").filter(QRegularExpression("/tst_[^/]*\\.cpp$"))) {
        const QString list = textOf(QFileInfo(file).path() + "/CMakeLists.txt");
        QVERIFY2(list.contains(QRegularExpression("\\b" + QFileInfo(file).completeBaseName() + "\\b")),
                 qPrintable(file + " is not in CMakeLists.txt"));
        const QString shared = textOf(file).remove(anonymous);
        auto types = type.globalMatch(shared);
        QVERIFY2(types.hasNext(), qPrintable(file));
        const QString test = types.next().captured(1);
        QVERIFY2(!types.hasNext(), qPrintable(file + " has another type outside the anonymous namespace"));
        QVERIFY2(shared.contains("\nSIMCLR_TEST(" + test), qPrintable(file + " does not register " + test));
        QVERIFY2(!tests.contains(test), qPrintable(file + " has the class name of another test"));
        tests.insert(test);
    }
    QVERIFY(tests.size() > 100);
}

SIMCLR_TEST(TestLayers)
#include "tst_layers.moc"
