// SPDX-License-Identifier: GPL-3.0-or-later
// Core knows no Qt: its texts reach translators through i18n/core_texts.h, which this test keeps complete.
#include "core/augment/operation.h"
#include "core/augment/pipeline.h"
#include "core/evaluate/evaluation_options.h"
#include "core/metrics/metric.h"
#include "core/options/section.h"
#include "core/train/recipe.h"
#include "core/train/train_options.h"
#include "tests/support/test_support.h"
#include "ui/text/metric_text.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/parameter_form.h"

#include <QDirIterator>
#include <QLabel>
#include <QRegularExpression>
#include <QTranslator>
#include <set>

using namespace simclr;
using namespace simclr::ui;

namespace {

const QString listFile = QStringLiteral(SIMCLR_SOURCE_DIR "/i18n/core_texts.h");

/// In the order of their descriptions, each once.
class Texts {
  public:
    void add(std::string_view text) {
        if (!text.empty() && m_known.insert(std::string(text)).second)
            m_all.push_back(std::string(text));
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
    const std::vector<std::string> &all() const { return m_all; }

  private:
    std::set<std::string> m_known;
    std::vector<std::string> m_all;
};

std::vector<std::string> coreTexts() {
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
    return texts.all();
}

std::string quoted(std::string text) {
    for (const char letter : {'\\', '"'})
        for (std::size_t at = 0; (at = text.find(letter, at)) != std::string::npos; at += 2)
            text.insert(at, 1, '\\');
    return '"' + text + '"';
}

std::string listOf(const std::vector<std::string> &texts) {
    std::string list = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
                       "// The texts of core that the window shows, for lupdate; never compiled. Written by\n"
                       "// tst_core_texts with SIMCLR_WRITE_CORE_TEXTS=1 in its environment.\n"
                       "static const char *const coreTexts[] = {\n";
    for (const std::string &text : texts)
        list += "    QT_TRANSLATE_NOOP(\"core\", " + quoted(text) + "),\n";
    return list + "};\n";
}

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
        for (const std::string &text : coreTexts())
            QVERIFY2(test::contains(list, quoted(text)),
                     (text + "\nis missing; run tst_core_texts with SIMCLR_WRITE_CORE_TEXTS=1").c_str());
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

QTEST_MAIN(TestCoreTexts)
#include "tst_core_texts.moc"
