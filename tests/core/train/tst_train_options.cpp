// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_options.h"
#include "core/util/error.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <set>

using namespace simclr;

/// The description of the options, and the checks across several options.
class TestTrainOptions : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everyParameterIsDescribed() {
        std::set<std::string> ids;
        for (const Parameter &parameter : trainOptionsDescription().schema()) {
            QVERIFY2(ids.insert(parameter.id).second, parameter.id.c_str());
            QVERIFY2(!parameter.title.empty() && parameter.help.ends_with('.'), parameter.id.c_str());
            QVERIFY2(parameter.section != Section::None, parameter.id.c_str());
            checkValue(parameter, parameter.initial, "default");
        }
    }

    void defaultsFitTogether() { checkTrainOptions(TrainOptions{}); }

    void jsonBringsBackEveryOption() {
        TrainOptions options;
        options.encoder = "resnet50";
        options.width = 2;
        options.batch = 96;
        options.nesterov = false;
        options.seed = 123456789012345;
        const auto &description = trainOptionsDescription();
        const Json json = description.toJson(options);
        QVERIFY(description.fromJson(Json::parse(json.dump()), "test") == options);
    }

    void badValuesAreRefused_data() {
        QTest::addColumn<QString>("json");
        for (const char *json :
             {R"({"encoder":"vgg"})", R"({"batch":1})", R"({"batch":2.5})", R"({"batch":"many"})",
              R"({"temperature":0})", R"({"temperature":-1})", R"({"epochs":null})", R"({"width":1e99})",
              R"({"nesterov":1})", R"({"no_such":1})", R"([1])"})
            QTest::newRow(json) << QString::fromUtf8(json);
    }
    void badValuesAreRefused() {
        QFETCH(QString, json);
        QVERIFY_EXCEPTION_THROWN(trainOptionsDescription().fromJson(Json::parse(json.toStdString()), "test"),
                                 InvalidInput);
    }

    void optionsThatContradictAreRefused() {
        TrainOptions warm;
        warm.epochs = 2;
        warm.warmupEpochs = 3;
        QVERIFY_EXCEPTION_THROWN(checkTrainOptions(warm), InvalidInput);
        TrainOptions still;
        still.momentum = 0;
        QVERIFY_EXCEPTION_THROWN(checkTrainOptions(still), InvalidInput);
        TrainOptions headless;
        headless.head = "none";
        headless.headOutput = 64;
        QVERIFY_EXCEPTION_THROWN(checkTrainOptions(headless), InvalidInput);
    }

    void stemFollowsTheViewSize() {
        TrainOptions options;
        options.imageSize = 32;
        QVERIFY(usesSmallStem(options));
        options.imageSize = 224;
        QVERIFY(!usesSmallStem(options));
        options.stem = "small";
        QVERIFY(usesSmallStem(options));
    }
};

SIMCLR_TEST(TestTrainOptions, QCoreApplication)
#include "tst_train_options.moc"
