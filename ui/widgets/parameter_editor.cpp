// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/parameter_editor.h"

#include "ui/widgets/core_text.h"
#include "ui/widgets/number_spin_box.h"
#include "ui/widgets/range_slider.h"
#include "ui/widgets/spin_box_behaviour.h"
#include "ui/widgets/wheel_guard.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <cmath>
#include <concepts>
#include <limits>

namespace simclr::ui {

namespace {

QHBoxLayout *rowIn(QWidget *widget) {
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    return row;
}

class BooleanEditor : public ParameterEditor {
  public:
    BooleanEditor(const Parameter &parameter, QWidget *parent)
        : ParameterEditor(parameter, parent), m_check(new QCheckBox(coreText(parameter.title))) {
        describe(m_check);
        rowIn(this)->addWidget(m_check);
        connect(m_check, &QCheckBox::toggled, this, [this](bool on) { Q_EMIT edited(on); });
    }
    Value value() const override { return m_check->isChecked(); }
    void setValue(const Value &value) override {
        const QSignalBlocker quiet(m_check);
        m_check->setChecked(std::get<bool>(value));
    }
    bool showsTitle() const override { return true; }

  private:
    QCheckBox *m_check;
};

bool fitsInt(const Parameter &parameter) {
    return parameter.minimum >= std::numeric_limits<int>::min() &&
           parameter.maximum <= std::numeric_limits<int>::max();
}

/// QSpinBox is limited to 32-bit integers. Larger ranges, such as seeds, use QDoubleSpinBox without decimals:
/// integer parameters stay within ±2⁵³, where every integer is a double.
template <typename Spin>
class IntegerEditor : public ParameterEditor {
    using Number = decltype(std::declval<Spin>().value());

  public:
    IntegerEditor(const Parameter &parameter, QWidget *parent)
        : ParameterEditor(parameter, parent), m_spin(new Spin) {
        if constexpr (std::floating_point<Number>)
            m_spin->setDecimals(0);
        m_spin->setRange(Number(parameter.minimum), Number(parameter.maximum));
        m_spin->setSingleStep(std::max(Number(1), Number(parameter.step)));
        m_spin->setSuffix(unitSuffix(parameter));
        if (!parameter.lowestMeans.empty())
            m_spin->setSpecialValueText(coreText(parameter.lowestMeans));
        m_spin->setMinimumWidth(90);
        SpinBoxBehaviour::install(*m_spin);
        describe(m_spin);
        auto *row = rowIn(this);
        row->addWidget(m_spin);
        row->addStretch();
        connect(m_spin, &Spin::valueChanged, this, [this] { Q_EMIT edited(value()); });
    }
    Value value() const override { return std::int64_t(m_spin->value()); }
    void setValue(const Value &value) override {
        const QSignalBlocker quiet(m_spin);
        m_spin->setValue(Number(std::get<std::int64_t>(value)));
    }

  private:
    Spin *m_spin;
};

ParameterEditor *createIntegerEditor(const Parameter &parameter, QWidget *parent) {
    if (fitsInt(parameter))
        return new IntegerEditor<QSpinBox>(parameter, parent);
    return new IntegerEditor<QDoubleSpinBox>(parameter, parent);
}

/// Keeps the exact number beside the rounded one in the controls, so that showing a value does not change it.
class RealEditor : public ParameterEditor {
  public:
    RealEditor(const Parameter &parameter, QWidget *parent)
        : ParameterEditor(parameter, parent),
          m_scale(parameter),
          m_slider(new QSlider(Qt::Horizontal)),
          m_spin(new NumberSpinBox(parameter)) {
        m_slider->setRange(0, positions);
        const double span = std::max(m_scale.maximum() - m_scale.minimum(), m_scale.step());
        const bool wide = parameter.logarithmic || span / m_scale.step() > 100;
        m_slider->setSingleStep(wide ? positions / 100 : int(std::ceil(positions * m_scale.step() / span)));
        m_slider->setPageStep(positions / 10);
        m_slider->setMinimumWidth(48);
        QSizePolicy policy = m_slider->sizePolicy();
        policy.setRetainSizeWhenHidden(true); // keeps the numbers aligned in a column
        m_slider->setSizePolicy(policy);
        m_slider->setVisible(parameter.minimum >= 0 ||
                             parameter.lowestMeans.empty()); // the lowest value is a word, not a number
        WheelGuard::install(m_slider);
        describe(m_slider, QStringLiteral("_slider"));
        describe(m_spin);
        auto *row = rowIn(this);
        row->addWidget(m_slider, 1);
        row->addWidget(m_spin);
        setFocusProxy(m_spin);
        connect(m_slider, &QSlider::valueChanged, this,
                [this](int position) { edit(m_scale.value(double(position) / positions), m_slider); });
        connect(m_spin, &QDoubleSpinBox::valueChanged, this, [this](double number) { edit(number, m_spin); });
    }
    Value value() const override { return m_value; }
    void setValue(const Value &value) override { display(std::get<double>(value), nullptr); }

  private:
    static constexpr int positions = 10'000;

    void display(double number, const QWidget *source) {
        m_value = number;
        const QSignalBlocker quietSlider(m_slider);
        const QSignalBlocker quietSpin(m_spin);
        if (source != m_slider) // do not move the handle while it is dragged
            m_slider->setValue(int(std::lround(m_scale.fraction(number) * positions)));
        if (source != m_spin)
            m_spin->setValue(number);
    }
    void edit(double number, const QWidget *source) {
        const double before = m_value;
        display(number, source);
        if (number != before)
            Q_EMIT edited(m_value);
    }

    SliderScale m_scale;
    QSlider *m_slider;
    NumberSpinBox *m_spin;
    double m_value = 0;
};

class IntervalEditor : public ParameterEditor {
  public:
    IntervalEditor(const Parameter &parameter, QWidget *parent)
        : ParameterEditor(parameter, parent),
          m_low(new NumberSpinBox(parameter)),
          m_slider(new RangeSlider(SliderScale(parameter))),
          m_high(new NumberSpinBox(parameter)) {
        describe(m_low, QStringLiteral("_low"));
        describe(m_slider);
        describe(m_high, QStringLiteral("_high"));
        auto *row = rowIn(this);
        row->addWidget(m_low);
        row->addWidget(m_slider, 1);
        row->addWidget(m_high);
        for (NumberSpinBox *spin : {m_low, m_high})
            spin->setFixedWidth(66);
        connect(m_slider, &RangeSlider::rangeEdited, this, [this](const Range &range) { edit(range); });
        connect(m_low, &QDoubleSpinBox::valueChanged, this, [this](double low) {
            edit({low, std::max(low, m_value.high)});
        });
        connect(m_high, &QDoubleSpinBox::valueChanged, this, [this](double high) {
            edit({std::min(high, m_value.low), high});
        });
    }
    Value value() const override { return m_value; }
    void setValue(const Value &value) override { display(std::get<Range>(value)); }

  private:
    void display(const Range &range) {
        m_value = range;
        const QSignalBlocker quietLow(m_low);
        const QSignalBlocker quietHigh(m_high);
        m_low->setValue(range.low);
        m_high->setValue(range.high);
        m_slider->setRange(range);
    }
    void edit(const Range &range) {
        display(range);
        Q_EMIT edited(m_value);
    }

    NumberSpinBox *m_low;
    RangeSlider *m_slider;
    NumberSpinBox *m_high;
    Range m_value;
};

class ChoiceEditor : public ParameterEditor {
  public:
    ChoiceEditor(const Parameter &parameter, QWidget *parent)
        : ParameterEditor(parameter, parent), m_combo(new QComboBox) {
        for (const Choice &choice : parameter.choices)
            m_combo->addItem(coreText(choice.title), QString::fromStdString(choice.id));
        WheelGuard::install(m_combo);
        describe(m_combo);
        rowIn(this)->addWidget(m_combo);
        connect(m_combo, &QComboBox::currentIndexChanged, this, [this](int) { Q_EMIT edited(value()); });
    }
    Value value() const override { return m_combo->currentData().toString().toStdString(); }
    void setValue(const Value &value) override {
        const QSignalBlocker quiet(m_combo);
        m_combo->setCurrentIndex(m_combo->findData(QString::fromStdString(std::get<std::string>(value))));
    }

  private:
    QComboBox *m_combo;
};

class TextEditor : public ParameterEditor {
  public:
    TextEditor(const Parameter &parameter, QWidget *parent)
        : ParameterEditor(parameter, parent), m_line(new QLineEdit) {
        describe(m_line);
        rowIn(this)->addWidget(m_line);
        connect(m_line, &QLineEdit::textEdited, this, [this] { Q_EMIT edited(value()); });
    }
    Value value() const override { return m_line->text().toStdString(); }
    void setValue(const Value &value) override {
        const QString text = QString::fromStdString(std::get<std::string>(value));
        if (m_line->text() != text) // keeps the cursor position while typing
            m_line->setText(text);
    }

  private:
    QLineEdit *m_line;
};

QString helpText(const Parameter &parameter) {
    QString help = coreText(parameter.help);
    const bool number = parameter.kind == ParameterKind::Integer || parameter.kind == ParameterKind::Real ||
                        parameter.kind == ParameterKind::Interval;
    if (number)
        help += ParameterEditor::tr("\nFrom %1 to %2%3")
                    .arg(QString::fromStdString(numberText(parameter.minimum)),
                         QString::fromStdString(numberText(parameter.maximum)), unitSuffix(parameter));
    return help;
}

} // namespace

ParameterEditor::ParameterEditor(const Parameter &parameter, QWidget *parent)
    : QWidget(parent), m_parameter(parameter) {}

ParameterEditor *ParameterEditor::create(const Parameter &parameter, QWidget *parent) {
    ParameterEditor *editor = nullptr;
    switch (parameter.kind) {
    case ParameterKind::Boolean:
        editor = new BooleanEditor(parameter, parent);
        break;
    case ParameterKind::Integer:
        editor = createIntegerEditor(parameter, parent);
        break;
    case ParameterKind::Real:
        editor = new RealEditor(parameter, parent);
        break;
    case ParameterKind::Interval:
        editor = new IntervalEditor(parameter, parent);
        break;
    case ParameterKind::Choice:
        editor = new ChoiceEditor(parameter, parent);
        break;
    case ParameterKind::Text:
        editor = new TextEditor(parameter, parent);
        break;
    }
    editor->setValue(parameter.initial);
    return editor;
}

void ParameterEditor::describe(QWidget *control, const QString &part) const {
    control->setObjectName(QString::fromStdString(m_parameter.id) + part);
    control->setToolTip(helpText(m_parameter));
    QString name = coreText(m_parameter.title);
    if (part == QStringLiteral("_low"))
        name = tr("%1, lower end").arg(name);
    else if (part == QStringLiteral("_high"))
        name = tr("%1, upper end").arg(name);
    control->setAccessibleName(name);
}

} // namespace simclr::ui
