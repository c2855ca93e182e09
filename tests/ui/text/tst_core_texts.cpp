// SPDX-License-Identifier: GPL-3.0-or-later
// Core knows no Qt: its texts reach translators through i18n/core_texts.h, which this test keeps complete.
#include "core/augment/augmentation_check.h"
#include "core/augment/augmentation_messages.h"
#include "core/augment/operation.h"
#include "core/augment/pipeline.h"
#include "core/data/dataset_messages.h"
#include "core/evaluate/evaluation_options.h"
#include "core/events/rule_messages.h"
#include "core/events/run_rules.h"
#include "core/metrics/metric.h"
#include "core/model/export_messages.h"
#include "core/options/section.h"
#include "core/results/result_messages.h"
#include "core/results/verdict_messages.h"
#include "core/run/recipe_messages.h"
#include "core/train/recipe.h"
#include "core/train/train_options.h"
#include "core/util/message_lists.h"
#include "tests/support/test_support.h"
#include "ui/text/metric_text.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/parameter_form.h"

#include <QDirIterator>
#include <QLabel>
#include <QRegularExpression>
#include <QTranslator>
#include <set>
#include <span>

using namespace simclr;
using namespace simclr::ui;

namespace {

const QString listFile = QStringLiteral(SIMCLR_SOURCE_DIR "/i18n/core_texts.h");

struct MessageTable {
    const char *name;
    std::span<const MessageText> texts;
};

/// Every table that messages are made of: everyTableIsListed() finds one that is missing here.
const std::vector<MessageTable> messageTables{{"augmentationTexts", augmentationTexts},
                                              {"recipeTexts", recipeTexts},
                                              {"datasetTexts", datasetTexts},
                                              {"resultTexts", resultTexts},
                                              {"verdictTexts", verdictTexts},
                                              {"ruleTexts", ruleTexts},
                                              {"exportTexts", exportTexts},
                                              {"listTexts", listTexts}};

struct Text {
    std::string english;
    bool needsPluralForms = false;
};

/// In the order of their descriptions, each once.
class Texts {
  public:
    void add(std::string_view text, bool needsPluralForms = false) {
        if (!text.empty() && m_known.insert(std::string(text)).second)
            m_all.push_back({std::string(text), needsPluralForms});
    }
    void add(const Schema &schema) {
        for (const Parameter &parameter : schema) {
            for (const std::string &text : {parameter.title, parameter.help, parameter.unit,
                                            parameter.lowestMeans, titleOf(parameter.section)})
                add(text);
            for (const Choice &choice : parameter.choices)
                add(choice.title);
        }
    }
    void add(const MessageTable &table) {
        for (const MessageText &text : table.texts) {
            add(text.one);
            add(text.text, text.needsPluralForms());
        }
    }
    const std::vector<Text> &all() const { return m_all; }

  private:
    std::set<std::string> m_known;
    std::vector<Text> m_all;
};

std::vector<Text> coreTexts() {
    Texts texts;
    for (const OperationType &type : operationTypes()) {
        texts.add(categoryTitle(type.category));
        texts.add(type.title);
        texts.add(type.help);
        texts.add(type.schema);
    }
    for (const PipelinePreset &preset : pipelinePresets())
        texts.add(preset.help);
    texts.add(trainOptionsDescription().schema());
    texts.add(evaluationOptionsDescription().schema());
    texts.add(ruleOptionsDescription().schema());
    for (const Section section :
         {Section::TrainedProtocols, Section::Protocols, Section::LabelFraction, Section::DataAndFeatures})
        texts.add(titleOf(section));
    for (const TrainingRecipe &recipe : trainingRecipes()) {
        texts.add(recipe.title);
        texts.add(recipe.help);
    }
    for (const Metric &metric : allMetrics)
        for (const std::string_view text : {metric.title, metric.shortTitle, metric.help})
            texts.add(text);
    for (const MessageTable &table : messageTables)
        texts.add(table);
    return texts.all();
}

std::string quoted(std::string text) {
    for (const char letter : {'\\', '"'})
        for (std::size_t at = 0; (at = text.find(letter, at)) != std::string::npos; at += 2)
            text.insert(at, 1, '\\');
    return '"' + text + '"';
}

std::string entryOf(const Text &text) {
    return std::string("    ") + (text.needsPluralForms ? "QT_TRANSLATE_N_NOOP" : "QT_TRANSLATE_NOOP") +
           "(\"core\", " + quoted(text.english) + "),\n";
}

std::string listOf(const std::vector<Text> &texts) {
    std::string list = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
                       "// The texts of core that the window shows, for lupdate; never compiled. Written by\n"
                       "// tst_core_texts with SIMCLR_WRITE_CORE_TEXTS=1 in its environment.\n"
                       "static const char *const coreTexts[] = {\n";
    for (const Text &text : texts)
        list += entryOf(text);
    return list + "};\n";
}

/// Numbers from `%1` on, each once: 1, 2, 3.
std::set<int> placeholdersOf(std::string_view text) {
    static const QRegularExpression placeholder(QStringLiteral("%([1-9])"));
    std::set<int> numbers;
    const QString whole = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    for (auto matches = placeholder.globalMatch(whole); matches.hasNext();)
        numbers.insert(matches.next().captured(1).toInt());
    return numbers;
}

/// Translates counted texts, by the form that it is asked for.
class Counter : public QTranslator {
  public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *source, const char *, int n) const override {
        return n < 0 ? QString::fromUtf8(source)
                     : QStringLiteral("%1: %Ln, form of ") + QString::number(n % 10);
    }
};

/// Marks what it is asked for.
class Marker : public QTranslator {
  public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *, int) const override {
        return qstrcmp(context, "core") == 0 ? QStringLiteral("‹%1›").arg(QString::fromUtf8(source))
                                             : QString();
    }
};

} // namespace

class TestCoreTexts : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void listIsComplete() {
        const std::string expected = listOf(coreTexts());
        if (qEnvironmentVariableIsSet("SIMCLR_WRITE_CORE_TEXTS"))
            test::writeBytes(listFile.toStdString(), expected);
        const std::string list = test::readBytes(listFile.toStdString());
        QVERIFY(expected.size() > 10'000);
        for (const Text &text : coreTexts())
            QVERIFY2(
                test::contains(list, entryOf(text)),
                (text.english + "\nis missing; run tst_core_texts with SIMCLR_WRITE_CORE_TEXTS=1").c_str());
        QCOMPARE(list, expected); // nor does it hold what is not used any more
    }

    void formsAreTranslated() {
        Marker marker;
        QCoreApplication::installTranslator(&marker);
        const ParameterForm form(trainOptionsDescription().schema());
        QCoreApplication::removeTranslator(&marker);
        int labels = 0;
        for (const QLabel *label : form.findChildren<QLabel *>()) {
            if (label->text().isEmpty())
                continue;
            QVERIFY2(label->text().startsWith(QStringLiteral("‹")), qPrintable(label->text()));
            ++labels;
        }
        QVERIFY(labels > 30);
    }

    void metricsAreTranslated() {
        Marker marker;
        QCoreApplication::installTranslator(&marker);
        const QString title = metricTitle(*MetricId("loss"));
        const QString nothing = coreText("");
        QCoreApplication::removeTranslator(&marker);
        QCOMPARE(title, QStringLiteral("‹Loss›"));
        QCOMPARE(nothing, QString());
        QCOMPARE(metricTitle(*MetricId("loss")), QStringLiteral("Loss"));
    }

    void everyTableIsListed() {
        static const QRegularExpression table(QStringLiteral("\\bMessagesOf<(\\w+)>"));
        std::set<QString> used;
        for (QDirIterator files(QStringLiteral(SIMCLR_SOURCE_DIR "/core"), {"*.cpp", "*.h"}, QDir::Files,
                                QDirIterator::Subdirectories);
             files.hasNext();) {
            const QString text = QString::fromStdString(test::readBytes(files.next().toStdString()));
            for (auto matches = table.globalMatch(text); matches.hasNext();)
                used.insert(matches.next().captured(1));
        }
        std::set<QString> listed;
        for (const MessageTable &each : messageTables)
            listed.insert(QString::fromLatin1(each.name));
        QCOMPARE(listed, used);
    }

    void messagesAreWellDescribed_data() {
        QTest::addColumn<int>("table");
        for (std::size_t i = 0; i < messageTables.size(); ++i)
            QTest::newRow(messageTables[i].name) << static_cast<int>(i);
    }
    void messagesAreWellDescribed() {
        QFETCH(int, table);
        std::set<std::string_view> ids;
        for (const MessageText &text : messageTables[static_cast<std::size_t>(table)].texts) {
            const std::string id(text.id);
            QVERIFY2(ids.insert(text.id).second, id.c_str());
            const std::set<int> placeholders = placeholdersOf(text.text);
            QVERIFY2(placeholders.empty() || *placeholders.rbegin() == static_cast<int>(placeholders.size()),
                     id.c_str());
            QVERIFY2(!text.hasCount() || placeholdersOf(text.one) == placeholders, id.c_str());
            QVERIFY2(text.hasCount() || !text.needsPluralForms(), id.c_str());
            QVERIFY2(!test::contains(std::string(text.one), "%Ln"), id.c_str());
        }
    }

    void findingsAreTranslated() {
        std::vector<AugmentationFinding> findings;
        for (const PipelinePreset &preset : pipelinePresets())
            std::ranges::move(checkAugmentation(pipelineByName(preset.id), 32, 32, 2200),
                              std::back_inserter(findings));
        Marker marker;
        QCoreApplication::installTranslator(&marker);
        for (const AugmentationFinding &finding : findings) {
            QVERIFY(coreText(finding.sentence).startsWith(QStringLiteral("‹")));
            QVERIFY(coreText(finding.reason).startsWith(QStringLiteral("‹")));
            QVERIFY(!finding.remedy || coreText(finding.remedy->title).startsWith(QStringLiteral("‹")));
        }
        QCoreApplication::removeTranslator(&marker);
        QVERIFY(findings.size() > 20);
    }

    void numbersFollowTheLocale() {
        const QLocale before;
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        const QString counted = coreText(datasetMessage("left_out_below", 1650, "%1"));
        const QString one = coreText(datasetMessage("left_out_below", 1, "test"));
        const QString real = coreText(resultMessage("labels", 0.5));
        const QString whole = coreText(augmentationMessage("enlarged", 4096, 32.0));
        QLocale::setDefault(before);
        QCOMPARE(counted, QStringLiteral("1.650 images below \"%1\" are left out"));
        QCOMPARE(one, QStringLiteral("1 image below \"test\" is left out"));
        QCOMPARE(real, QStringLiteral("0,5 % labels"));
        QCOMPARE(whole, QStringLiteral("Views of 4.096 px are enlarged from images of 32 px."));
    }

    void countsChooseThePluralForm() {
        Counter counter;
        QCoreApplication::installTranslator(&counter);
        const QString three = coreText(datasetMessage("left_out_below", 3, "test"));
        const QString one = coreText(datasetMessage("left_out_below", 1, "test"));
        const QString hidden = coreText(datasetMessage("untested_classes", 3, "a, b, c"));
        QCoreApplication::removeTranslator(&counter);
        QCOMPARE(three, QStringLiteral("test: 3, form of 3"));
        QCOMPARE(one, QStringLiteral("1 image below \"test\" is left out"));
        QCOMPARE(hidden, QStringLiteral("There are no test images of the classes a, b, c"));
    }

    /// lupdate finds tr() of classes and QCoreApplication::translate() with literals: nothing else.
    void noTextEscapesLupdate() {
        static const QRegularExpression ownTr(QStringLiteral("QString tr\\(const char"));
        static const QRegularExpression translate(
            QStringLiteral("QCoreApplication::translate\\((?!\\s*\"[^\"]+\",\\s*\")"));
        int looked = 0;
        for (const char *folder : {"/ui", "/app/workbench"})
            for (QDirIterator files(QStringLiteral(SIMCLR_SOURCE_DIR) + QLatin1String(folder),
                                    {"*.cpp", "*.h"}, QDir::Files, QDirIterator::Subdirectories);
                 files.hasNext();) {
                const QString file = files.next();
                if (file.endsWith(QStringLiteral("core_text.cpp")))
                    continue;
                const QString text = QString::fromStdString(test::readBytes(file.toStdString()));
                QVERIFY2(!ownTr.match(text).hasMatch() && !translate.match(text).hasMatch(),
                         qPrintable(file));
                ++looked;
            }
        QVERIFY(looked > 200);
    }
};

SIMCLR_TEST(TestCoreTexts, QApplication)
#include "tst_core_texts.moc"
