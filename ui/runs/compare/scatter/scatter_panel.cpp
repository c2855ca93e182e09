// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/scatter/scatter_panel.h"

#include "ui/plots/smoothing_text.h"
#include "ui/runs/compare/figures/field_box.h"
#include "ui/runs/compare/scatter/scatter_plot.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/widgets/wheel_guard.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

const QString xKey = QStringLiteral("runs/scatter/x");
const QString yKey = QStringLiteral("runs/scatter/y");
const QString colorKey = QStringLiteral("runs/scatter/color");
const QString errorsKey = QStringLiteral("runs/scatter/errors");

} // namespace

ScatterPanel::ScatterPanel(std::filesystem::path database, QWidget *parent)
    : FigurePanel(parent),
      m_values(std::move(database)),
      m_x(new FieldBox(QStringLiteral("scatterX"), xKey, m_values.queries(), this)),
      m_y(new FieldBox(QStringLiteral("scatterY"), yKey, m_values.queries(), this)),
      m_color(new FieldBox(QStringLiteral("scatterColor"), colorKey, m_values.queries(), this)),
      m_logX(choiceButton(QStringLiteral("scatterLogX"), tr("log x"), tr("Logarithmic x axis"))),
      m_logY(choiceButton(QStringLiteral("scatterLogY"), tr("log y"), tr("Logarithmic y axis"))),
      m_errors(new QComboBox(this)),
      m_correlation(mutedLabel({}, this)),
      m_missing(mutedLabel({}, this)),
      m_plot(new ScatterPlot(this)) {
    buildControls();
    connect(&m_values, &FigureValues::changed, this, &ScatterPanel::show);
    connect(m_plot, &ScatterPlot::runChosen, this, &FigurePanel::runChosen);
    show();
}

void ScatterPanel::buildControls() {
    m_y->setAccessibleName(tr("Vertical axis"));
    m_y->setToolTip(tr("Field of the vertical axis"));
    m_x->setAccessibleName(tr("Horizontal axis"));
    m_x->setToolTip(tr("Field of the horizontal axis"));
    m_color->setAccessibleName(tr("Colour"));
    m_color->setToolTip(tr("What the colour of a point shows"));
    m_color->setNoneText(tr("Run or group"));
    for (FieldBox *box : {m_x, m_y, m_color})
        connect(box, &FieldBox::fieldChosen, this, [this] {
            read();
            show();
        });
    addSwitch(*m_logX, QStringLiteral("runs/scatter/logX"));
    addSwitch(*m_logY, QStringLiteral("runs/scatter/logY"));
    m_errors->setObjectName(QStringLiteral("scatterErrors"));
    m_errors->setAccessibleName(tr("Error bars"));
    m_errors->setToolTip(tr("Error bars of the means of groups"));
    m_errors->setMinimumContentsLength(5); // in a narrow window
    WheelGuard::install(m_errors);
    for (const BandKind kind :
         {BandKind::Deviation, BandKind::StandardError, BandKind::Interval95, BandKind::None})
        m_errors->addItem(kind == BandKind::None ? tr("No error bars") : bandText(kind),
                          static_cast<int>(kind));
    m_errors->setCurrentIndex(
        std::max(0, m_errors->findData(QSettings().value(errorsKey, static_cast<int>(BandKind::Deviation)))));
    connect(m_errors, &QComboBox::activated, this, [this] {
        QSettings().setValue(errorsKey, m_errors->currentData());
        show();
    });
    m_correlation->setObjectName(QStringLiteral("scatterCorrelation"));
    m_correlation->setToolTip(
        tr("Rank correlation over the shown runs: 1 or −1 if y always rises or always falls with "
           "x. An association in the runs that were trained, not a proof of an effect"));
    m_missing->setObjectName(QStringLiteral("scatterMissing"));
    m_missing->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_y);
    row->addWidget(mutedLabel(tr("over"), this));
    row->addWidget(m_x);
    row->addWidget(mutedLabel(tr("colour"), this));
    row->addWidget(m_color);
    row->addWidget(m_logX);
    row->addWidget(m_logY);
    row->addWidget(m_errors);
    row->addStretch(1);
    auto *below = new QHBoxLayout;
    below->setSpacing(16);
    below->addWidget(m_correlation);
    below->addWidget(m_missing, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_plot, 1);
    column->addLayout(below);
}

void ScatterPanel::addSwitch(QToolButton &button, const QString &key) {
    button.setChecked(QSettings().value(key).toBool());
    connect(&button, &QToolButton::toggled, this, [this, key](bool isOn) {
        QSettings().setValue(key, isOn);
        show();
    });
}

void ScatterPanel::setRuns(const FigureRuns &runs) {
    const bool areSame = haveSameRuns(runs, m_runs);
    m_runs = runs;
    if (areSame)
        return m_plot->setSelected(m_runs.selected);
    propose();
    read();
    show();
}

void ScatterPanel::offeredFieldsChanged() {
    for (FieldBox *box : {m_x, m_y, m_color})
        box->offer(offered().all());
    propose();
    read();
    show();
}

void ScatterPanel::setFields(const QString &x, const QString &y) {
    m_x->setField(x);
    m_y->setField(y);
}

/// Until the user has chosen: the accuracy that most runs have over the first option in which runs differ.
void ScatterPanel::propose() {
    if (m_x->isUndecided())
        m_x->propose(offered().options.value(0));
    if (m_y->isUndecided())
        m_y->propose(offered().accuracies.value(0, offered().metrics.value(0)));
}

void ScatterPanel::read() {
    QStringList fields;
    for (const FieldBox *box : {m_x, m_y, m_color})
        if (!box->field().isEmpty())
            fields.append(box->field());
    if (!m_runs.entities().empty() && !fields.isEmpty())
        m_values.want(fields, m_runs);
}

/// The previous figure is shown until the next one is made.
void ScatterPanel::show() {
    const auto x = m_values.values(m_x->field());
    const auto y = m_values.values(m_y->field());
    const auto color = m_color->field().isEmpty() ? nullptr : m_values.values(m_color->field());
    m_errors->setVisible(std::ranges::any_of(m_runs.entities(), &SelectedRuns::isGroup));
    if ((!x || !y) && m_values.isReading())
        return;
    if (!x || !y) {
        m_maker.cancel();
        return take({});
    }
    m_maker.ask(
        [runs = m_runs, x, y, color, xName = m_x->field(), yName = m_y->field(), colorName = m_color->field(),
         errors = static_cast<BandKind>(m_errors->currentData().toInt())] {
            return scatterFigure(runs, figureField(xName, *x, runs), figureField(yName, *y, runs),
                                 color ? std::optional(figureField(colorName, *color, runs)) : std::nullopt,
                                 errors);
        },
        [this](ScatterFigure &&figure) { take(std::move(figure)); });
}

void ScatterPanel::take(ScatterFigure figure) {
    m_correlation->setText(correlationText(figure));
    m_correlation->setVisible(!m_correlation->text().isEmpty());
    m_missing->setText(missingText(figure, m_logX->isChecked(), m_logY->isChecked()));
    m_plot->setEmptyText(emptyText());
    m_plot->setLogarithmic(m_logX->isChecked(), m_logY->isChecked());
    m_plot->setSelected(m_runs.selected);
    m_plot->setFigure(std::move(figure));
    m_plot->setCaption(caption());
}

QString ScatterPanel::emptyText() const {
    if (!m_values.problem().isEmpty())
        return tr("The values of the runs cannot be read: %1").arg(m_values.problem());
    if (m_runs.entities().empty())
        return tr("Each run is a point here. Select runs above, or choose all runs that the filter shows.");
    if (m_x->field().isEmpty() || m_y->field().isEmpty())
        return tr("Choose what to show on both axes.");
    return tr("None of these runs has both values. Choose other fields, or evaluate the runs.");
}

QString ScatterPanel::caption() const {
    QStringList parts{m_correlation->text(), m_missing->text()};
    if (m_plot->figure().hasMeans())
        parts.prepend(tr("Large points: means of groups; error bars: %1.").arg(m_errors->currentText()));
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

} // namespace simclr::ui
