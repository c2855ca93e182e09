// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/option_importance.h"
#include "tests/core/results/settings_fixture.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

namespace {

/// 3 batches × 3 pipelines × 3 seeds: the accuracy grows with the batch, falls where the steps lack colour,
/// and does not depend on the width.
struct Table {
    std::vector<FlatSettings> settings;
    std::vector<std::optional<double>> values;
};

Table table() {
    Table all;
    for (int i = 0; i < 27; ++i) {
        const int batch = i % 3;
        const bool hasColour = i / 3 % 3 != 0;
        FlatSettings settings = settingsOf({{"batch", std::to_string(128 << batch)},
                                            {"width", i % 2 == 0 ? "0.25" : "0.5"},
                                            {"loss", "nt_xent"},
                                            {"pipeline.crop", "present"}});
        settings.steps = {"pipeline.crop"};
        if (hasColour) {
            settings.add("pipeline.color_jitter", "present");
            settings.steps.insert("pipeline.color_jitter");
        }
        all.settings.push_back(std::move(settings));
        all.values.emplace_back(0.4 + 0.02 * batch + (hasColour ? 0.2 : 0) + 0.002 * (i * 7 % 5));
    }
    return all;
}

const OptionImportance &named(const OptionImportances &all, const std::string &path) {
    return *std::ranges::find(all.options, path, &OptionImportance::path);
}

} // namespace

class TestOptionImportance : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void mostImportantIsFirst() {
        const Table all = table();
        const OptionImportances importances = optionImportance(all.settings, all.values);
        QCOMPARE(importances.runs, std::size_t{27});
        QCOMPARE(importances.options.size(), std::size_t{3}); // what all runs share is not listed
        QCOMPARE(importances.options[0].path, std::string("pipeline.color_jitter"));
        QCOMPARE(importances.options[1].path, std::string("batch"));
        QVERIFY2(*importances.explained > 0.8, qPrintable(QString::number(*importances.explained)));
        QVERIFY(*importances.options[0].forest > 0.5);
        QVERIFY(std::abs(*named(importances, "width").forest) < 0.05);
    }

    void correlationsHaveTheirSign() {
        const Table all = table();
        const OptionImportances importances = optionImportance(all.settings, all.values);
        QVERIFY(named(importances, "batch").correlation->rho > 0.2);
        QCOMPARE(named(importances, "batch").choices, std::size_t{3});
        const SpearmanCorrelation colour = *named(importances, "pipeline.color_jitter").correlation;
        QVERIFY(colour.rho > 0.7 && colour.p < 0.001);
        QCOMPARE(colour.count, std::size_t{27}); // a missing step is a value
    }

    void textsHaveNoOrder() {
        Table all = table();
        for (std::size_t i = 0; i < all.settings.size(); ++i)
            all.settings[i] = with(all.settings[i], "optimiser",
                                   i % 3 == 0   ? "sgd"
                                   : i % 3 == 1 ? "lars"
                                                : "adamw");
        const OptionImportances importances = optionImportance(all.settings, all.values);
        QVERIFY(!named(importances, "optimiser").correlation);
        QVERIFY(named(importances, "optimiser").forest.has_value());
    }

    void runsWithoutValueAreNotCounted() {
        Table all = table();
        all.values[0].reset();
        all.values[1] = std::nan("");
        QCOMPARE(optionImportance(all.settings, all.values).runs, std::size_t{25});
    }

    void runsWithoutAnOptionAreLeftOutOfItsCorrelation() {
        Table all = table();
        for (std::size_t i = 0; i < 10; ++i)
            all.settings[i] = with(all.settings[i], "margin", std::to_string(i));
        const OptionImportances importances = optionImportance(all.settings, all.values);
        QCOMPARE(named(importances, "margin").correlation->count, std::size_t{10});
    }

    void fewRunsHaveNoForest() {
        Table all = table();
        all.settings.resize(6);
        all.values.resize(6);
        const OptionImportances importances = optionImportance(all.settings, all.values);
        QVERIFY(!importances.explained && !importances.options[0].forest);
        QVERIFY(named(importances, "batch").correlation->isExact);
        QVERIFY(optionImportance({}, {}).options.empty());
    }

    void equalTablesGiveEqualResults() {
        const Table all = table();
        QCOMPARE(optionImportance(all.settings, all.values).options[0].forest,
                 optionImportance(all.settings, all.values).options[0].forest);
    }
};

SIMCLR_TEST(TestOptionImportance)
#include "tst_option_importance.moc"
