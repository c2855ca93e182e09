// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/distinguishing_labels.h"
#include "tests/core/results/settings_fixture.h"
#include "tests/support/test_support.h"

#include <set>

using namespace simclr;
using namespace simclr::test;

namespace {

using Labels = std::vector<std::string>;

const FlatSettings weak = pipelineSettings("crop + colour", "h1", "0.4");
const FlatSettings strong = pipelineSettings("strong colour", "h2", "0.8");

std::string joined(const Labels &labels) {
    std::string text;
    for (std::size_t i = 0; i < labels.size(); ++i)
        text += (i == 0 ? "" : " | ") + labels[i];
    return text;
}

std::string labelsOf(const std::vector<FlatSettings> &runs, const Labels &names = {}) {
    return joined(distinguishingLabels(runs, names));
}

} // namespace

class TestDistinguishingLabels : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void whatDiffersIsNamed() {
        QCOMPARE(labelsOf({weak, with(weak, "batch", "512")}), std::string("batch 256 | batch 512"));
        QCOMPARE(labelsOf({with(strong, "batch", "512"), weak}),
                 std::string("batch 512 · strong colour | batch 256 · crop + colour"));
        QCOMPARE(labelsOf({weak, with(weak, "nesterov", "false")}), std::string("nesterov | no nesterov"));
        QCOMPARE(labelsOf({weak, with(weak, "weight_decay", "0.1")}, {"run 1", "run 2"}),
                 std::string("run 1 | weight decay 0.1"));
    }

    /// "A legend of nine runs reads "SimCLR (CIFAR-10)" nine times" is the fault.
    void nineRunsHaveNineLabels() {
        std::vector<FlatSettings> runs;
        for (const char *batch : {"128", "256", "512"})
            for (const char *seed : {"1", "2", "3"})
                runs.push_back(with(with(weak, "batch", batch), "seed", seed));
        const Labels labels = distinguishingLabels(runs);
        QCOMPARE(labels.front(), std::string("seed 1 · batch 128"));
        QCOMPARE(std::set(labels.begin(), labels.end()).size(), std::size_t{9});
    }

    void equalRunsHaveTheirNames() {
        QCOMPARE(labelsOf({weak, weak}, {"run 1", "run 2"}), std::string("run 1 | run 2"));
        QCOMPARE(labelsOf({weak, with(weak, "batch", "512"), weak}, {"run 1", "run 2", "run 3"}),
                 std::string("batch 256 · run 1 | batch 512 | batch 256 · run 3"));
        QCOMPARE(labelsOf({weak}, {"run 1"}), std::string("run 1"));
        QCOMPARE(labelsOf({weak, weak}), std::string(" | "));
        QCOMPARE(labelsOf({}), std::string());
    }

    void renamedPipelineIsNoDifference() {
        QCOMPARE(labelsOf({weak, with(weak, "pipeline", "other name")}, {"run 1", "run 2"}),
                 std::string("run 1 | run 2"));
        const FlatSettings renamed = with(weak, "pipeline", "other name");
        QCOMPARE(labelsOf({weak, strong, renamed}, {"a", "b", "c"}),
                 std::string("crop + colour · a | strong colour | crop + colour · c"));
    }

    void pipelinesOfOneNameAreToldApartByTheirSteps() {
        const FlatSettings edited = pipelineSettings("crop + colour", "h2", "0.8");
        QCOMPARE(labelsOf({weak, edited}),
                 std::string("color jitter brightness 0.4 | color jitter brightness 0.8"));
        FlatSettings without = settingsOf(
            {{"pipeline", "crop + colour"}, {"pipeline_hash", "h3"}, {"pipeline.crop", "present"}});
        without.steps = {"pipeline.crop"};
        FlatSettings full = settingsOf({{"pipeline", "crop + colour"},
                                        {"pipeline_hash", "h1"},
                                        {"pipeline.crop", "present"},
                                        {"pipeline.color_jitter", "present"},
                                        {"pipeline.color_jitter.brightness", "0.4"}});
        full.steps = {"pipeline.crop", "pipeline.color_jitter"};
        QCOMPARE(labelsOf({full, without}), std::string("color jitter | no color jitter"));
    }

    void datasetsOfOneTitleAreToldApartByTheirFingerprints() {
        QCOMPARE(labelsOf({weak, with(weak, "dataset_fingerprint", "ijklmnop")}),
                 std::string("photos abcdef | photos ijklmn"));
        const FlatSettings other = with(with(weak, "dataset_fingerprint", "ijklmnop"), "dataset", "flowers");
        QCOMPARE(labelsOf({weak, other}), std::string("photos | flowers"));
    }

    /// Without hashes, as in a table that has read only some options, names are all there is.
    void namesAloneAreEnough() {
        QCOMPARE(labelsOf({settingsOf({{"pipeline", "a"}}), settingsOf({{"pipeline", "b"}})}),
                 std::string("a | b"));
    }

    void atMostFourSettingsAreNamed() {
        FlatSettings one;
        FlatSettings other;
        FlatSettings third;
        for (const char *path : {"a", "b", "c", "d", "e", "f"}) {
            one.add(path, "1");
            other.add(path, "2");
            third.add(path, path == std::string("e") ? "3" : "2");
        }
        // "e" alone tells all three apart; others are named in their order, and "…" says that there are more.
        QCOMPARE(
            labelsOf({one, other, third}),
            std::string("a 1 · b 1 · c 1 · e 1 · … | a 2 · b 2 · c 2 · e 2 · … | a 2 · b 2 · c 2 · e 3 · …"));
    }

    void longValuesAreShort() {
        QCOMPARE(shortLabel("initial_weights", "/home/me/weights/best.pt"),
                 std::string("initial weights best.pt"));
        QCOMPARE(shortLabel("pipeline.order", std::string(100, 'x')), "order " + std::string(31, 'x') + "…");
        const std::string umlauts = "ääääääääääääääääääääääääääääääää"; // no character is cut in two
        QVERIFY(shortLabel("pipeline", umlauts).ends_with("ä…"));
        QCOMPARE(shortLabel("pipeline", "a/"), std::string("a/"));
        QCOMPARE(shortLabel("batch", FlatSettings::absent), std::string("no batch"));
    }
};

SIMCLR_TEST(TestDistinguishingLabels)
#include "tst_distinguishing_labels.moc"
