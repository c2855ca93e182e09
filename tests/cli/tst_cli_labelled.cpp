// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_source.h"
#include "core/data/selection.h"
#include "tests/cli/cli_fixture.h"
#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// The real command on images to learn from and labelled ones to evaluate on.
class TestCliLabelled : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    fs::path m_images = folderOf(m_directory) / "many";
    fs::path m_labelled = folderOf(m_directory) / "few";
    QString m_database = text(folderOf(m_directory) / "runs.sqlite");

    QStringList training(const QStringList &more) const {
        QStringList arguments{"train", "--db", m_database, "--json", "--data", text(m_images)};
        for (const char *option : {"width=0.0625", "image_size=16", "batch=16", "epochs=1", "threads=1",
                                   "precision=fp32", "head_output=8"})
            arguments << "--set" << option;
        return arguments + more;
    }

    /// Transfer results on the labelled images of the selection alone are those on the same images.
    void isPairedWithTheSameImages(const QString &run, const QStringList &selection) const {
        const CommandResult transfer =
            runCommand(QStringList{"eval", "1", "--db", m_database, "--protocol", "knn", "--json",
                                   "--transfer", "--data", text(m_labelled)} +
                       selection);
        QVERIFY2(transfer.status == 0, transfer.err.c_str());
        const CommandResult shown = runCommand({"show", run, "--db", m_database, "--json"});
        QCOMPARE(transfer.json()["results"][0]["dataset"]["fingerprint"],
                 shown.json()["dataset"]["labelled_fingerprint"]);
    }

  private Q_SLOTS:
    void initTestCase() {
        writeNoiseFolder(m_images, 32, 16, 1);
        for (int i = 0; i < 2; ++i)
            writeNoiseFolder(m_labelled / ("class" + std::to_string(i)), 8, 16, 100 + 20u * unsigned(i));
    }

    void trainsOnTheOneAndEvaluatesOnTheOther() {
        const CommandResult alone = runCommand(training({}));
        QVERIFY2(alone.status == 0, alone.err.c_str());
        const CommandResult both = runCommand(training({"--labelled", text(m_labelled)}));
        QVERIFY2(both.status == 0, both.err.c_str());
        QVERIFY2(contains(both.err, "learns from 32 images and is evaluated with "), both.err.c_str());
        const Json run = both.json();
        QCOMPARE(run["dataset"]["learn"].get<int>(), 32);
        QCOMPARE(run["dataset"]["title"].get<std::string>(), std::string("many + few"));
        QVERIFY(!run["results"].empty());
        QVERIFY(alone.json()["results"].empty());
        QCOMPARE(run["weights_sha256"], alone.json()["weights_sha256"]);
    }

    void showSaysBoth() {
        const CommandResult shown = runCommand({"show", "2", "--db", m_database});
        for (const std::string &part :
             {"folder:" + m_images.native(), "folder:" + m_labelled.native(), std::string("many + few")})
            QVERIFY2(contains(shown.out, part), shown.out.c_str());
        QVERIFY(contains(runCommand({"runs", "--db", m_database}).out, "many + few"));
    }

    /// By the recorded source, and after the labelled images were moved.
    void evaluatesLater() {
        const QStringList eval{"eval", "2", "--db", m_database, "--protocol", "knn", "--json"};
        const CommandResult recorded = runCommand(eval);
        QVERIFY2(recorded.status == 0, recorded.err.c_str());
        const fs::path moved = folderOf(m_directory) / "moved";
        fs::rename(m_labelled, moved);
        QVERIFY(isRefusal(runCommand(eval), "few"));
        const CommandResult again = runCommand(eval + QStringList{"--labelled", text(moved)});
        QVERIFY2(again.status == 0, again.err.c_str());
        QCOMPARE(again.json()["results"][0]["value"], recorded.json()["results"][0]["value"]);
        const CommandResult transfer = runCommand({"eval", "1", "--db", m_database, "--protocol", "knn",
                                                   "--json", "--transfer", "--data", text(moved)});
        QVERIFY2(transfer.status == 0, transfer.err.c_str());
        fs::rename(moved, m_labelled);
        QCOMPARE(transfer.json()["results"][0]["value"], recorded.json()["results"][0]["value"]);
    }

    void embedsWhatWasLearnedFrom() {
        const auto imagesIn = [&](const QString &split) {
            const CommandResult result =
                runCommand({"embed", "2", "--db", m_database, "--split", split, "--json", "--out",
                            text(folderOf(m_directory) / ("h-" + split.toStdString() + ".npy"))});
            return result.status == 0 ? result.json()["images"].get<int>() : -1;
        };
        QCOMPARE(imagesIn("learn"), 32);
        QCOMPARE(imagesIn("all"), 48);
    }

    void sweepsTrainOnBoth() {
        const CommandResult swept = runCommand({"sweep",
                                                "--db",
                                                m_database,
                                                "--data",
                                                text(m_images),
                                                "--labelled",
                                                text(m_labelled),
                                                "--set",
                                                "width=0.0625",
                                                "--set",
                                                "image_size=16",
                                                "--set",
                                                "batch=16",
                                                "--set",
                                                "epochs=1",
                                                "--set",
                                                "head_output=8",
                                                "--seeds",
                                                "5",
                                                "--json"});
        QVERIFY2(swept.status == 0, swept.err.c_str());
        const std::string run = std::to_string(swept.json()[0]["run"].get<int>());
        const CommandResult shown =
            runCommand({"show", QString::fromStdString(run), "--db", m_database, "--json"});
        QCOMPARE(shown.json()["dataset"]["learn"].get<int>(), 32);
    }

    /// Of both kinds one image is left out. By the recorded file, and after it was moved.
    void usesASelectionOfBoth() {
        const fs::path recorded = folderOf(m_directory) / "some.json";
        const fs::path moved = folderOf(m_directory) / "moved.json";
        const DatasetPtr both = openDataset(toText(DataSource{m_images.native(), m_labelled.native(), {}}));
        saveSelection(leavingOut(*both, std::vector<std::uint32_t>{3, 33}, "some"), recorded);
        const CommandResult trained =
            runCommand(training({"--labelled", text(m_labelled), "--selection", text(recorded)}));
        QVERIFY2(trained.status == 0, trained.err.c_str());
        QCOMPARE(trained.json()["dataset"]["learn"].get<int>(), 31);
        const QString run = QString::number(trained.json()["id"].get<int>());
        const QStringList eval{"eval", run, "--db", m_database, "--protocol", "knn", "--json"};
        const CommandResult before = runCommand(eval);
        QVERIFY2(before.status == 0, before.err.c_str());
        fs::rename(recorded, moved);
        QVERIFY(isRefusal(runCommand(eval), "some.json"));
        const QStringList here{"--selection", text(moved)};
        const CommandResult after = runCommand(eval + here);
        QVERIFY2(after.status == 0, after.err.c_str());
        QCOMPARE(after.json()["results"][0]["value"], before.json()["results"][0]["value"]);
        const CommandResult resumed =
            runCommand(QStringList{"resume", run, "--db", m_database, "--set", "epochs=2", "--json"} + here);
        QVERIFY2(resumed.status == 0, resumed.err.c_str());
        QCOMPARE(resumed.json()["dataset"]["learn"].get<int>(), 31);
        QCOMPARE(resumed.json()["dataset"]["fingerprint"], trained.json()["dataset"]["fingerprint"]);
        const CommandResult embedded =
            runCommand(QStringList{"embed", "2", "--db", m_database, "--split", "all", "--json", "--out",
                                   text(folderOf(m_directory) / "some.npy")} +
                       here);
        QVERIFY2(embedded.status == 0, embedded.err.c_str());
        QCOMPARE(embedded.json()["images"].get<int>(), 46);
        QVERIFY(isRefusal(runCommand(QStringList{"eval", run, "--db", m_database, "--transfer"} + here),
                          "--transfer needs"));
        isPairedWithTheSameImages(run, here);
    }

    void refusesWhatIsNotThere() {
        QVERIFY(isRefusal(runCommand(training({"--labelled", "/no/such/place"})), "/no/such/place"));
        QVERIFY(isRefusal(runCommand({"eval", "2", "--db", m_database, "--transfer"}), "--transfer needs"));
    }
};

SIMCLR_TEST(TestCliLabelled)
#include "tst_cli_labelled.moc"
