// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/operation.h"
#include "core/train/train_options.h"
#include "tests/support/test_main.h"
#include "ui/widgets/number_spin_box.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/range_slider.h"
#include "ui/widgets/slider_scale.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTextDocument>
#include <QWheelEvent>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;

namespace {

Parameter parameter(const std::string &id, ParameterKind kind, Value initial) {
    return {.id = id,
            .title = "Title of " + id,
            .help = "Help of " + id,
            .kind = kind,
            .initial = std::move(initial)};
}

/// One parameter of every kind.
Schema everyKind() {
    Schema schema{parameter("flag", ParameterKind::Boolean, false),
                  parameter("count", ParameterKind::Integer, std::int64_t{3}),
                  parameter("amount", ParameterKind::Real, 0.25),
                  parameter("span", ParameterKind::Interval, Range{0.1, 0.9}),
                  parameter("mode", ParameterKind::Choice, std::string("b")),
                  parameter("label", ParameterKind::Text, std::string("x"))};
    schema[1].maximum = 100;
    schema[1].step = 1;
    schema[1].unit = "px";
    schema[4].choices = {{"a", "First"}, {"b", "Second"}};
    return schema;
}

template <typename T>
T *control(ParameterForm &form, const char *name) {
    return form.findChild<T *>(QString::fromLatin1(name));
}

} // namespace

class TestParameterForm : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<Value>("simclr::Value"); }

    void showsInitialValues() {
        ParameterForm form(everyKind());
        QCOMPARE(form.values() == initialValues(everyKind()), true);
        QCOMPARE(control<QSpinBox>(form, "count")->value(), 3);
        QCOMPARE(control<QSpinBox>(form, "count")->suffix(), QChar(0xA0) + QStringLiteral("px"));
        QCOMPARE(control<QComboBox>(form, "mode")->currentText(), QStringLiteral("Second"));
        QVERIFY(control<QSpinBox>(form, "count")->toolTip().contains("Help of count"));
    }

    void reportsEditsOfEveryKind() {
        ParameterForm form(everyKind());
        std::vector<std::pair<QString, Value>> edits;
        connect(&form, &ParameterForm::valueEdited, &form,
                [&](const QString &id, const Value &value) { edits.emplace_back(id, value); });
        control<QCheckBox>(form, "flag")->click();
        control<QSpinBox>(form, "count")->setValue(7);
        control<QSlider>(form, "amount_slider")->setValue(5000);
        control<NumberSpinBox>(form, "span_low")->setValue(0.3);
        control<QComboBox>(form, "mode")->setCurrentIndex(0);
        QTest::keyClicks(control<QLineEdit>(form, "label"), QStringLiteral("y"));
        const std::vector<std::pair<QString, Value>> expected{{"flag", true},
                                                              {"count", std::int64_t{7}},
                                                              {"amount", 0.5},
                                                              {"span", Range{0.3, 0.9}},
                                                              {"mode", std::string("a")},
                                                              {"label", std::string("xy")}};
        QVERIFY(edits == expected);
    }

    void keepsTheExactNumberAndStaysSilentWhenSet() {
        ParameterForm form(everyKind());
        QSignalSpy edited(&form, &ParameterForm::valueEdited);
        const Values values{{"amount", 1.0 / 3}, {"span", Range{1.0 / 7, 2.0 / 3}}, {"unknown", true}};
        form.setValues(values);
        QCOMPARE(std::get<double>(form.values().at("amount")), 1.0 / 3);
        QVERIFY(std::get<Range>(form.values().at("span")) == (Range{1.0 / 7, 2.0 / 3}));
        QCOMPARE(edited.count(), 0);
    }

    void wholeNumbersBeyondIntStayWhole() {
        constexpr std::int64_t largest = 9'007'199'254'740'991;
        Schema schema{parameter("seed", ParameterKind::Integer, std::int64_t{1})};
        schema[0].maximum = double(largest);
        schema[0].step = 1;
        ParameterForm form(schema);
        auto *spin = control<QDoubleSpinBox>(form, "seed");
        spin->setLocale(QLocale::c());
        QCOMPARE(spin->text(), QStringLiteral("1"));
        form.setValues({{"seed", largest}});
        QCOMPARE(std::get<std::int64_t>(form.values().at("seed")), largest);
        QCOMPARE(spin->text(), QStringLiteral("9007199254740991"));
        std::vector<Value> edits;
        connect(&form, &ParameterForm::valueEdited, &form,
                [&](const QString &, const Value &value) { edits.push_back(value); });
        spin->stepDown();
        spin->selectAll();
        QTest::keyClicks(spin, QStringLiteral("4503599627370497"));
        QTest::keyClick(spin, Qt::Key_Return);
        QVERIFY(edits == (std::vector<Value>{largest - 1, std::int64_t{4'503'599'627'370'497}}));
    }

    void tooltipsShowTextAsItIs() {
        const QString text = QStringLiteral("a \"b\" & <i>c</i>\nd");
        QTextDocument shown;
        shown.setHtml(plainToolTip(text));
        QVERIFY(Qt::mightBeRichText(plainToolTip(text)));
        QCOMPARE(shown.toPlainText(), text);
        QVERIFY(plainToolTip({}).isEmpty());
    }

    void endsOfAnIntervalNeverCross() {
        ParameterForm form(everyKind());
        control<NumberSpinBox>(form, "span_low")->setValue(0.95);
        QVERIFY(std::get<Range>(form.values().at("span")) == (Range{0.95, 0.95}));
    }

    void rangeSliderMovesTheNearerEnd() {
        RangeSlider slider{SliderScale(parameter("span", ParameterKind::Interval, Range{0, 1}))};
        slider.resize(300, 24);
        slider.setRange({0.2, 0.8});
        QSignalSpy edited(&slider, &RangeSlider::rangeEdited);
        QTest::mouseClick(&slider, Qt::LeftButton, {}, QPoint(210, 12));
        QCOMPARE(edited.count(), 1);
        QCOMPARE(slider.range().low, 0.2);
        QVERIFY(slider.range().high > 0.65 && slider.range().high < 0.75);
        QTest::keyClick(&slider, Qt::Key_Down);
        QTest::keyClick(&slider, Qt::Key_Left);
        QCOMPARE(slider.range().low, 0.19);
    }

    void wheelChangesOnlyWhatHasFocus() {
        ParameterForm form(everyKind());
        auto *spin = control<QSpinBox>(form, "count");
        QWheelEvent wheel(QPointF(5, 5), spin->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, 120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(spin, &wheel);
        QCOMPARE(spin->value(), 3);
        form.show();
        form.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&form));
        spin->setFocus();
        QCoreApplication::sendEvent(spin, &wheel);
        QCOMPARE(spin->value(), 4);
    }

    void scaleMapsBackAndForth() {
        Parameter linear = parameter("x", ParameterKind::Real, 0.0);
        const SliderScale even(linear);
        QCOMPARE(even.value(even.fraction(0.08)), 0.08);
        QCOMPARE(even.value(2.0), 1.0);
        linear.logarithmic = true;
        linear.maximum = 10;
        const SliderScale fromZero(linear);
        QCOMPARE(fromZero.value(0), 0.0);
        QCOMPARE(fromZero.value(fromZero.fraction(0.03)), 0.03);
        QCOMPARE(fromZero.fraction(10), 1.0);
    }

    void spinBoxReadsExponents() {
        Parameter decay = parameter("decay", ParameterKind::Real, 0.0);
        NumberSpinBox spin(decay);
        spin.setLocale(QLocale::c());
        spin.selectAll();
        QTest::keyClicks(&spin, QStringLiteral("1e-6"));
        QTest::keyClick(&spin, Qt::Key_Return);
        QCOMPARE(spin.value(), 1e-6);
    }

    void spinBoxReadsBehindItsPrefix() {
        NumberSpinBox spin(parameter("chance", ParameterKind::Real, 1.0));
        spin.setLocale(QLocale::c());
        spin.setPrefix(QStringLiteral("p "));
        spin.selectAll();
        QTest::keyClicks(&spin, QStringLiteral("0.25"));
        QTest::keyClick(&spin, Qt::Key_Return);
        QCOMPARE(spin.value(), 0.25);
        QCOMPARE(spin.text(), QStringLiteral("p 0.25"));
    }

    void spinBoxTakesTheNearestNumber_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<double>("taken");
        QTest::newRow("too large") << "2" << 1.0;
        QTest::newRow("too small") << "-3" << 0.0;
        QTest::newRow("with a comma") << "0,3" << 0.3;
        QTest::newRow("with a point") << "0.3" << 0.3;
        QTest::newRow("no number") << "-" << 0.5;
        QTest::newRow("nothing") << "" << 0.5;
    }
    void spinBoxTakesTheNearestNumber() {
        QFETCH(QString, typed);
        QFETCH(double, taken);
        Parameter chance = parameter("chance", ParameterKind::Real, 0.5);
        chance.minimum = 0;
        chance.maximum = 1;
        for (const char *prefix : {"", "p "}) {
            NumberSpinBox spin(chance);
            spin.setPrefix(QString::fromLatin1(prefix));
            spin.setValue(0.5);
            spin.selectAll();
            QTest::keyClick(&spin, Qt::Key_Backspace);
            QTest::keyClicks(&spin, typed);
            QTest::keyClick(&spin, Qt::Key_Return);
            QCOMPARE(spin.value(), taken);
        }
    }

    /// 0 is shown as its word, and any number can be typed over it.
    void spinBoxShowsWhatZeroMeans() {
        Parameter rate = parameter("rate", ParameterKind::Real, 0.0);
        rate.lowestMeans = "usual";
        NumberSpinBox spin(rate);
        spin.setLocale(QLocale::c());
        QCOMPARE(spin.text(), QStringLiteral("usual"));
        spin.selectAll();
        QTest::keyClicks(&spin, QStringLiteral("0.5"));
        QTest::keyClick(&spin, Qt::Key_Return);
        QCOMPARE(spin.value(), 0.5);
        spin.setValue(0);
        QTest::keyClick(&spin, Qt::Key_Return);
        QCOMPARE(spin.value(), 0.0);
        QCOMPARE(spin.text(), QStringLiteral("usual"));
    }

    void suitsEverySchemaThereIs_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(operationTypes().size()); ++i)
            QTest::newRow(operationTypes()[std::size_t(i)].id.c_str()) << i;
        QTest::newRow("train options") << -1;
    }
    void suitsEverySchemaThereIs() {
        QFETCH(int, index);
        const Schema &schema =
            index < 0 ? trainOptionsDescription().schema() : operationTypes()[std::size_t(index)].schema;
        ParameterForm form(schema);
        QVERIFY(form.values() == initialValues(schema));
        for (const Parameter &each : schema) {
            auto *found = form.findChild<QWidget *>(QString::fromStdString(each.id));
            QVERIFY2(found, each.id.c_str());
            QVERIFY2(!found->toolTip().isEmpty(), each.id.c_str());
            QVERIFY2(!found->accessibleName().isEmpty(), each.id.c_str());
        }
    }
};

SIMCLR_TEST(TestParameterForm, QApplication)
#include "tst_parameter_form.moc"
