// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/cli/cli_fixture.h"
#include "tests/support/test_images.h"

#include <set>
#include <sstream>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// map, neighbours, duplicates, confusion and quality on runs that are trained here.
class TestCliExploring : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void mapWritesAPointPerImage();
    void mapIsTheSameForTheSameSeed();
    void mapRefusesWhatItCannotDo();
    void neighboursAreListed();
    void neighboursRefusesUnknownImages();
    void duplicatesFindsCopiesAmongImages();
    void duplicatesComparesFeaturesOfARun();
    void confusionCountsPredictions();
    void confusionRefusesWhatWasNotMeasured();
    void qualityRanksRuns();
    void exploringNeverWritesToTheImages();
    void everyCommandExplainsItself();

  private:
    fs::path path(const std::string &name) const { return folderOf(m_directory) / name; }
    CommandResult command(const QStringList &arguments) const {
        return runCommand(arguments + QStringList{"--db", text(path("runs.sqlite"))});
    }
    std::vector<std::string> lines(const std::string &file) const {
        std::vector<std::string> all;
        std::istringstream stream(readBytes(path(file)));
        for (std::string line; std::getline(stream, line);)
            all.push_back(line);
        return all;
    }

    QTemporaryDir m_directory;
};

void TestCliExploring::initTestCase() {
    writeNoiseFolder(path("pictures") / "cats", 30, 32, 1);
    writeNoiseFolder(path("pictures") / "=dogs", 30, 32, 100);
    fs::copy_file(path("pictures/cats/003.png"), path("pictures/cats/copy of 003.png"));
    for (const char *seed : {"seed=1", "seed=2", "seed=3"}) {
        const CommandResult result = command({"train", "--data", text(path("pictures")), "--set", "epochs=1",
                                              "--set", "batch=8", "--set", "precision=fp32", "--set",
                                              "width=0.125", "--set", "knn_neighbours=5", "--set", seed});
        QVERIFY2(result.status == 0, result.err.c_str());
    }
}

void TestCliExploring::mapWritesAPointPerImage() {
    const CommandResult result = command({"map", "1", "--to", text(path("map.csv")), "--json"});
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.json()["images"].get<int>(), 61);
    QCOMPARE(result.json()["method"].get<std::string>(), std::string("umap"));
    const auto rows = lines("map.csv");
    QCOMPARE(rows.size(), std::size_t{62});
    QCOMPARE(rows[0], std::string("x,y,file,split,label,prediction"));
    QVERIFY2(contains(rows[1], ",'=dogs/000.png,") && contains(rows[1], ",'=dogs,"), rows[1].c_str());
    std::set<std::string> splits;
    std::size_t predicted = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        for (const char *split : {",train,", ",validation,", ",test,"})
            if (contains(rows[i], split))
                splits.insert(split);
        const bool isTraining = contains(rows[i], ",train,");
        QVERIFY2(!isTraining || rows[i].ends_with(","), rows[i].c_str()); // nothing was predicted
        predicted += rows[i].ends_with(",") ? 0 : 1;
    }
    QCOMPARE(splits.size(), std::size_t{3});
    QCOMPARE(result.json()["predictions"].get<std::size_t>(), predicted);
    QVERIFY(predicted > 0);
}

void TestCliExploring::mapIsTheSameForTheSameSeed() {
    const auto write = [&](const QStringList &more, const char *name) {
        const CommandResult result = command(QStringList{"map", "1", "--to", text(path(name))} + more);
        QVERIFY2(result.status == 0, result.err.c_str());
    };
    write({"--seed", "5"}, "a.csv");
    write({"--seed", "5"}, "b.csv");
    write({"--seed", "6"}, "c.csv");
    write({"--method", "pca", "--features", "z", "--split", "test"}, "d.csv");
    QVERIFY(readBytes(path("a.csv")) == readBytes(path("b.csv")));
    QVERIFY(readBytes(path("a.csv")) != readBytes(path("c.csv")));
    QVERIFY(lines("d.csv").size() < 30);
    for (const std::string &line : lines("d.csv"))
        QVERIFY(contains(line, ",test,") || line.starts_with("x,"));
}

void TestCliExploring::mapRefusesWhatItCannotDo() {
    const QString to = text(path("no.csv"));
    QVERIFY(isRefusal(command({"map", "9", "--to", to}), "9"));
    QVERIFY(isRefusal(command({"map", "1"}), "--to"));
    QVERIFY(isRefusal(command({"map", "1", "--to", to, "--method", "tsne"}), "tsne"));
    QVERIFY(isRefusal(command({"map", "1", "--to", to, "--features", "y"}), "y"));
    QVERIFY(isRefusal(command({"map", "1", "--to", to, "--data", "nowhere"}), "nowhere"));
    QVERIFY(isRefusal(command({"map", "1", "--to", text(path("no/folder.csv"))}), "no/folder.csv"));
    QVERIFY(!fs::exists(path("no.csv")));
}

void TestCliExploring::neighboursAreListed() {
    const CommandResult result = command({"neighbours", "1", "cats/003.png", "-k", "4", "--json"});
    QVERIFY2(result.status == 0, result.err.c_str());
    const Json json = result.json();
    QCOMPARE(json["image"]["file"].get<std::string>(), std::string("cats/003.png"));
    QCOMPARE(json["neighbours"].size(), std::size_t{4});
    QCOMPARE(json["neighbours"][0]["file"].get<std::string>(), std::string("cats/copy of 003.png"));
    QVERIFY(json["neighbours"][0]["cosine_distance"].get<double>() < 1e-5);
    double previous = 0;
    for (const Json &neighbour : json["neighbours"]) {
        QVERIFY(neighbour["cosine_distance"].get<double>() >= previous);
        previous = neighbour["cosine_distance"].get<double>();
    }
    const CommandResult byNumber =
        command({"neighbours", "1", QString::number(json["image"]["index"].get<int>()), "--features", "z"});
    QVERIFY2(byNumber.status == 0, byNumber.err.c_str());
    QVERIFY(contains(byNumber.out, "cats/copy of 003.png") && contains(byNumber.out, "same"));
    fs::copy_file(path("pictures/cats/003.png"), path("elsewhere.png"));
    const CommandResult file = command({"neighbours", "1", text(path("elsewhere.png")), "-k", "2", "--json"});
    QVERIFY2(file.status == 0, file.err.c_str());
    const Json ofFile = file.json();
    std::set<std::string> nearest;
    for (const Json &neighbour : ofFile["neighbours"])
        nearest.insert(neighbour["file"].get<std::string>());
    QVERIFY(nearest == (std::set<std::string>{"cats/003.png", "cats/copy of 003.png"}));
    QVERIFY(ofFile["neighbours"][0]["cosine_distance"].get<double>() < 1e-5);
}

void TestCliExploring::neighboursRefusesUnknownImages() {
    QVERIFY(isRefusal(command({"neighbours", "1", "61"}), "no image \"61\""));
    QVERIFY(isRefusal(command({"neighbours", "1", "birds/1.png"}), "birds/1.png"));
    QVERIFY(isRefusal(command({"neighbours", "1", "-1"}), "-1"));
    QVERIFY(isRefusal(command({"neighbours", "1"}), "image"));
    writeBytes(path("text.png"), "no picture");
    QVERIFY(isRefusal(command({"neighbours", "1", text(path("text.png"))}), "text.png"));
}

void TestCliExploring::duplicatesFindsCopiesAmongImages() {
    const CommandResult result = command({"duplicates", text(path("pictures")), "--json"});
    QVERIFY2(result.status == 0, result.err.c_str());
    const Json json = result.json();
    QCOMPARE(json["compared"].get<std::string>(), std::string("thumbnails"));
    QCOMPARE(json["found"].get<int>(), 1);
    QCOMPARE(json["pairs"][0]["first"]["file"].get<std::string>(), std::string("cats/003.png"));
    QCOMPARE(json["pairs"][0]["second"]["file"].get<std::string>(), std::string("cats/copy of 003.png"));
    const CommandResult none = command({"duplicates", text(path("pictures/=dogs"))});
    QVERIFY2(contains(none.out, "0 pairs above 0.98"), none.out.c_str());
    QVERIFY(isRefusal(command({"duplicates", "nowhere"}), "nowhere"));
}

void TestCliExploring::duplicatesComparesFeaturesOfARun() {
    const CommandResult result = command({"duplicates", "1", "--json", "--limit", "1"});
    QVERIFY2(result.status == 0, result.err.c_str());
    const Json json = result.json();
    QCOMPARE(json["compared"].get<std::string>(), std::string("h"));
    QVERIFY(json["found"].get<int>() >= 1);
    QCOMPARE(json["pairs"].size(), std::size_t{1});
    QVERIFY(json["pairs"][0]["cosine"].get<double>() > 0.9999);
    const CommandResult leaks = command({"duplicates", "1", "--leaks", "--threshold", "0", "--json"});
    const Json listed = leaks.json();
    for (const Json &pair : listed["pairs"])
        QVERIFY(pair["leak"].get<bool>() && pair["first"]["split"] != pair["second"]["split"]);
    QVERIFY(!listed["pairs"].empty());
    QVERIFY(isRefusal(command({"duplicates", "9"}), "9"));
    QVERIFY(isRefusal(command({"duplicates", "1", "--threshold", "2"}), "2"));
}

void TestCliExploring::confusionCountsPredictions() {
    const CommandResult result = command({"confusion", "1", "--json"});
    QVERIFY2(result.status == 0, result.err.c_str());
    const Json json = result.json();
    QCOMPARE(json["result"]["split"].get<std::string>(), std::string("test"));
    QCOMPARE(json["classes"].size(), std::size_t{2});
    QCOMPARE(json["classes"][0]["class"].get<std::string>(), std::string("=dogs"));
    int right = 0;
    int images = 0;
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t j = 0; j < 2; ++j) {
            images += json["matrix"][i][j].get<int>();
            right += i == j ? json["matrix"][i][j].get<int>() : 0;
        }
    QCOMPARE(images, json["result"]["images"].get<int>());
    QVERIFY(std::abs(right / double(images) - json["result"]["value"].get<double>()) < 1e-9);
    for (const Json &image : json["worst"])
        QVERIFY(image["label"] != image["predicted"] && image["wrong"] <= image["evaluations"]);
    const CommandResult shown = command({"confusion", "1", "--protocol", "knn", "--worst", "3"});
    QVERIFY2(contains(shown.out, "kNN, test") && contains(shown.out, "most confused with"),
             shown.out.c_str());
    const CommandResult moved = command({"confusion", "1", "--data", text(path("gone"))});
    QCOMPARE(moved.status, 0);
    QVERIFY(contains(moved.err, "by their numbers"));
}

void TestCliExploring::confusionRefusesWhatWasNotMeasured() {
    QVERIFY(isRefusal(command({"confusion", "1", "--protocol", "fine_tune"}), "no result"));
    QVERIFY(isRefusal(command({"confusion", "1", "--protocol", "guess"}), "guess"));
    QVERIFY(isRefusal(command({"confusion", "9"}), "9"));
}

void TestCliExploring::qualityRanksRuns() {
    const CommandResult result = command({"quality", "1", "2", "3", "--json"});
    QVERIFY2(result.status == 0, result.err.c_str());
    const Json json = result.json();
    QCOMPARE(json["runs"].size(), std::size_t{3});
    for (const Json &run : json["runs"]) {
        QVERIFY(run["rankme"].get<double>() >= 1);
        QVERIFY(run["alignment"].is_number() && run["uniformity"].get<double>() <= 0);
        QVERIFY(run["accuracy"].is_number());
    }
    QCOMPARE(json["accuracy"]["protocol"].get<std::string>(), std::string("linear"));
    QCOMPARE(json["ranking"]["rankme"]["n"].get<int>(), 3);
    const CommandResult one = command({"quality", "1"});
    QVERIFY2(contains(one.out, "not decidable (n 1)"), one.out.c_str());
    QVERIFY(isRefusal(command({"quality", "1", "1"}), "given twice"));
    QVERIFY(isRefusal(command({"quality"}), "runs"));
}

void TestCliExploring::exploringNeverWritesToTheImages() {
    const QString image = text(path("pictures/cats/003.png"));
    const std::string before = readBytes(path("pictures/cats/003.png"));
    QVERIFY(isRefusal(command({"map", "1", "--method", "pca", "--to", image}), "003.png"));
    QVERIFY(readBytes(path("pictures/cats/003.png")) == before);
}

void TestCliExploring::everyCommandExplainsItself() {
    for (const char *name : {"map", "neighbours", "duplicates", "confusion", "quality"}) {
        const CommandResult result = runCommand({name, "--help"});
        QVERIFY2(result.status == 0 && contains(result.out, "Usage:"), name);
    }
}

SIMCLR_TEST(TestCliExploring)
#include "tst_cli_exploring.moc"
