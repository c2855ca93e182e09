// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/nearest_names.h"
#include "tests/support/test_support.h"

using namespace simclr;

/// "did you mean …?"
class TestNearestNames : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void nearestFirst() {
        const std::vector<std::string> names{"linear", "linear_sgd", "knn", "loss", "learning_rate"};
        const auto nearest = [&](const char *wrong) { return nearestNames(wrong, names); };
        QCOMPARE(nearest("lniear"),
                 (std::vector<std::string>{"linear"})); // two swapped letters are one change
        QCOMPARE(nearest("LINEAR"), (std::vector<std::string>{"linear", "linear_sgd"}));
        QCOMPARE(nearest("lin"), (std::vector<std::string>{"linear", "linear_sgd"}));
        QCOMPARE(nearest("los"), (std::vector<std::string>{"loss"}));
        QCOMPARE(nearest("kn"), (std::vector<std::string>{"knn"}));
        QVERIFY(nearest("temperature").empty() && nearest("").empty() && nearest("x").empty());
    }

    void atMostThreeWithoutDoubles() {
        const std::vector<std::string> names{"lossa", "lossb", "lossc", "lossd", "lossa"};
        QCOMPARE(nearestNames("loss", names), (std::vector<std::string>{"lossa", "lossb", "lossc"}));
        QCOMPARE(didYouMean("loss", names), std::string("; did you mean lossa, lossb or lossc?"));
        QCOMPARE(didYouMean("q", names), std::string());
    }

    void longNamesAreNoProblem() {
        const std::vector<std::string> names{std::string(5000, 'a'), std::string(64, 'a')};
        QVERIFY(nearestNames(std::string(5000, 'a'), names).empty());
        QCOMPARE(nearestNames(std::string(63, 'a'), names).size(), std::size_t{1});
    }
};

SIMCLR_TEST(TestNearestNames)
#include "tst_nearest_names.moc"
