// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/embedding.h"
#include "core/model/weights.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <QTemporaryDir>
#include <numeric>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

constexpr int side = 16;

/// A tiny encoder with random weights, on the CPU.
ResNet tinyEncoder() {
    ResNet encoder(EncoderOptions{"resnet18", 0.0625, true});
    initialise(*encoder, 1);
    return encoder;
}

std::vector<std::uint32_t> allOf(const Dataset &dataset) {
    std::vector<std::uint32_t> samples(dataset.size());
    std::iota(samples.begin(), samples.end(), 0u);
    return samples;
}

} // namespace

/// features.npy and features.csv.
class TestEmbedding : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path path(const std::string &name) const { return folderOf(m_folder) / name; }

    std::optional<Embedding> embed(const Dataset &dataset, const std::string &name,
                                   std::stop_token stop = {}) const {
        ResNet encoder = tinyEncoder();
        return writeEmbedding(encoder, {dataset, allOf(dataset), side}, {},
                              {path(name + ".npy"), path(name + ".csv")}, stop, [](std::size_t) {});
    }

  private Q_SLOTS:
    void writesNumPysFormat() {
        writeNoiseFolder(path("photos/cats"), 5, side, 1);
        writeNoiseFolder(path("photos/dogs"), 4, side, 9);
        const DatasetPtr dataset = openDataset(path("photos").native());
        const auto embedding = embed(*dataset, "features");
        QCOMPARE(embedding->images, std::uint64_t{9});
        QCOMPARE(embedding->featureSize, std::int64_t{32});
        const std::string bytes = readBytes(path("features.npy"));
        QCOMPARE(bytes.size(), std::size_t{128 + 9 * 32 * sizeof(float)});
        QVERIFY(bytes.starts_with(std::string("\x93NUMPY\x01\x00\x76\x00", 10)));
        QVERIFY(bytes.substr(10).starts_with("{'descr': '<f4', 'fortran_order': False, 'shape': (9, 32), }"));
        QCOMPARE(bytes[127], '\n');
    }

    void rowsAreTheFeaturesOfTheImagesInOrder() {
        const DatasetPtr dataset = openDataset(path("photos").native());
        ResNet encoder = tinyEncoder();
        const auto expected = extractFeatures(encoder, *dataset, allOf(*dataset), side, {}, {});
        std::string bytes = readBytes(path("features.npy"));
        const torch::Tensor written = torch::from_blob(bytes.data() + 128, {9, 32}).clone();
        QVERIFY(torch::equal(written, expected->features));
        QVERIFY(written.abs().max().item<float>() > 0);
        std::string table = "path,label\n";
        for (std::uint32_t sample = 0; sample < dataset->size(); ++sample)
            table += dataset->sampleName(sample) + "," + (sample < 5 ? "cats" : "dogs") + "\n";
        QCOMPARE(readBytes(path("features.csv")), table);
    }

    void tableOfUnlabelledImagesHasNoLabels() {
        writeNoiseFolder(path("flat"), 2, side, 1);
        embed(*openDataset(path("flat").native()), "flat_features");
        QCOMPARE(readBytes(path("flat_features.csv")), std::string("path,label\n000.png,\n001.png,\n"));
    }

    void namesAreHarmlessInTheTable() {
        writeNoiseFolder(path("odd/=1+1"), 1, side, 1);
        writeNoiseFolder(path("odd/\x1b[31mred, \"quoted\""), 1, side, 2);
        embed(*openDataset(path("odd").native()), "odd_features");
        const std::string odd = "\\x1b[31mred, \"\"quoted\"\"";
        QCOMPARE(readBytes(path("odd_features.csv")),
                 "path,label\n\"" + odd + "/000.png\",\"" + odd + "\"\n'=1+1/000.png,'=1+1\n");
    }

    void imagesThatBreakLaterAreLeftOutAndListed() {
        writeNoiseFolder(path("decaying"), 4, side, 1);
        OpenOptions options;
        options.memoryBudget = 0; // read on demand, not at opening
        const DatasetPtr dataset = openDataset(path("decaying").native(), options);
        writeBytes(path("decaying/001.png"), "no picture any more");
        const auto embedding = embed(*dataset, "decayed");
        QCOMPARE(embedding->images, std::uint64_t{3});
        QCOMPARE(embedding->broken.size(), std::size_t{1});
        QCOMPARE(embedding->broken.front().name, std::string("001.png"));
        QVERIFY(!contains(readBytes(path("decayed.csv")), "001.png"));
        QVERIFY(contains(readBytes(path("decayed.npy")), "'shape': (3, 32)"));
    }

    void nothingIsLeftOfAnEmbeddingThatFailsOrIsStopped() {
        writeNoiseFolder(path("gone"), 2, side, 1);
        OpenOptions options;
        options.memoryBudget = 0;
        const DatasetPtr dataset = openDataset(path("gone").native(), options);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!embed(*dataset, "nothing", stop.get_token()));
        fs::remove_all(path("gone"));
        QVERIFY_EXCEPTION_THROWN(embed(*dataset, "nothing"), IoError);
        for (const auto &entry : fs::directory_iterator(folderOf(m_folder)))
            QVERIFY2(!contains(entry.path().filename().native(), "nothing"), entry.path().c_str());
    }
};

SIMCLR_TEST(TestEmbedding)
#include "tst_embedding.moc"
