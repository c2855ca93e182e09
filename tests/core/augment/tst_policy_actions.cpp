// SPDX-License-Identifier: GPL-3.0-or-later
// The tables, strengths and actions of the policies against torchvision's.
#include "core/augment/ops/auto_augment_tables.h"
#include "tests/core/augment/policy_names.h"
#include "tests/support/golden_images.h"

#include <map>

using namespace simclr;
using namespace simclr::test;

class TestPolicyActions : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void tablesAreTorchvisions_data();
    void tablesAreTorchvisions();
    void magnitudesAreTorchvisions();
    void actionsAgreeWithTorchvision();
    void actionsOfNoStrengthLeaveBytesAlone();
};

namespace {

Json golden() {
    return readJsonFile(dataFile("golden/policies.json"));
}

} // namespace

void TestPolicyActions::tablesAreTorchvisions_data() {
    QTest::addColumn<QString>("dataset");
    for (const char *dataset : {"imagenet", "cifar10", "svhn"})
        QTest::newRow(dataset) << dataset;
}

void TestPolicyActions::tablesAreTorchvisions() {
    QFETCH(QString, dataset);
    const Json all = golden();
    const Json &expected = all["policies"][dataset.toStdString()];
    const Policy &policy = autoAugmentPolicy(dataset.toStdString());
    QCOMPARE(policy.size(), expected.size());
    for (std::size_t i = 0; i < policy.size(); ++i)
        for (std::size_t k = 0; k < 2; ++k) {
            const Json &step = expected[i][k];
            QCOMPARE(std::string(nameOf(policy[i][k].action)), step[0].get<std::string>());
            QCOMPARE(policy[i][k].tenths / 10.0, step[1].get<double>());
            if (!step[2].is_null())
                QCOMPARE(policy[i][k].bin, step[2].get<int>());
        }
}

void TestPolicyActions::magnitudesAreTorchvisions() {
    const Json all = golden();
    std::size_t compared = 0;
    for (const Json &space : all["magnitudes"])
        for (const Json &item : space["actions"]) {
            const PolicyAction action = actionNamed(item["name"].get<std::string>());
            QCOMPARE(isSigned(action), item["signed"].get<bool>());
            const bool isWhole = item["name"].get<std::string>().starts_with("Translate");
            for (std::size_t bin = 0; bin < item["values"].size(); ++bin, ++compared) {
                const double value = item["values"][bin].get<double>();
                const double expected =
                    isWhole ? std::trunc(value) : value; // _apply_op() takes int() of them
                const double magnitude = magnitudeOf(action, static_cast<int>(bin), space["bins"].get<int>(),
                                                     space["width"].get<int>(), space["height"].get<int>());
                QVERIFY2(std::abs(magnitude - expected) < 2e-5,
                         qPrintable(QString("%1 %2: %3").arg(nameOf(action)).arg(bin).arg(magnitude)));
            }
        }
    QVERIFY(compared > 900);
}

/// The geometric actions take the same pixels, and tables of levels are equal. When PIL blends pixels or
/// images, it truncates where this program rounds: one level. The pivot of its contrast is computed from
/// rounded grey levels.
void TestPolicyActions::actionsAgreeWithTorchvision() {
    const Json all = golden();
    const Image source = imageFromJson(all["picture"]);
    std::map<std::string, int> largest;
    for (const Json &item : all["results"]) {
        const std::string name = item["name"].get<std::string>();
        const PolicyAction action = actionNamed(name);
        const bool isBilinear = item["interpolation"].get<std::string>() == "bilinear";
        const bool isBlend = action >= PolicyAction::Brightness && action <= PolicyAction::Sharpness;
        Image image = source;
        applyAction(action, item["magnitude"].get<double>(),
                    {isBilinear ? Interpolation::Bilinear : Interpolation::Nearest, {90, 90, 90}}, image);
        const int difference = largestDifference(
            image, imageFromHex(source.width(), source.height(), item["pixels"].get<std::string>()));
        largest[name] = std::max(largest[name], difference);
        QVERIFY2(difference <= (isBilinear || isBlend ? 1 : 0),
                 qPrintable(QString("%1 %2, bilinear %3: %4 levels")
                                .arg(name.c_str())
                                .arg(item["magnitude"].get<double>())
                                .arg(isBilinear)
                                .arg(difference)));
    }
    QCOMPARE(largest.size(), policyActions);
    for (const auto &[name, difference] : largest)
        qInfo("%s: at most %d levels apart", name.c_str(), difference);
}

void TestPolicyActions::actionsOfNoStrengthLeaveBytesAlone() {
    for (const PolicyAction action : allActions()) {
        if (!isSigned(action) && action != PolicyAction::Identity && action != PolicyAction::Posterize)
            continue;
        for (const Interpolation interpolation : {Interpolation::Nearest, Interpolation::Bilinear}) {
            const Image source = noiseImage(21, 14, 3);
            Image image = source;
            applyAction(action, magnitudeOf(action, 0, 31, 21, 14), {interpolation, {}}, image);
            QVERIFY2(image == source, nameOf(action));
        }
    }
}

SIMCLR_TEST(TestPolicyActions)
#include "tst_policy_actions.moc"
