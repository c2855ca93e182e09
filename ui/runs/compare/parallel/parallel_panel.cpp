// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/parallel/parallel_panel.h"

#include "ui/runs/compare/parallel/brush_filter.h"
#include "ui/runs/compare/parallel/parallel_plot.h"
#include "ui/runs/table/field_dialog.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QVBoxLayout>
#include <memory>
#include <utility>
#include <vector>

namespace simclr::ui {

namespace {

const QString axesKey = QStringLiteral("runs/parallel/axes");
constexpr qsizetype mostCandidates =
    16;                           ///< options that are read to find out whether the runs differ in them
constexpr qsizetype mostAxes = 6; ///< options among the default axes

} // namespace

ParallelPanel::ParallelPanel(std::filesystem::path database, QWidget *parent)
    : FigurePanel(parent),
      m_values(std::move(database)),
      m_axes(QSettings().value(axesKey).toStringList()),
      m_axesButton(choiceButton(QStringLiteral("parallelAxes"), tr("Axes"),
                                tr("Which options, metrics and accuracies are axes"))),
      m_clear(choiceButton(QStringLiteral("parallelClear"), tr("Remove brushes"),
                           tr("Removes all brushes, and their part of the filter"))),
      m_save(iconButton(QStringLiteral("parallelSave"), QStringLiteral("document-save"),
                        tr("Save as picture or CSV"), this)),
      m_count(mutedLabel({}, this)),
      m_plot(new ParallelPlot(this)) {
    buildControls();
    connect(&m_values, &FigureValues::changed, this, &ParallelPanel::show);
    connect(m_plot, &ParallelPlot::runChosen, this, &FigurePanel::runChosen);
    connect(m_plot, &ParallelPlot::brushed, this, &ParallelPanel::filterByBrushes);
    connect(m_plot, &ParallelPlot::axesReordered, this, &ParallelPanel::setAxes);
    connect(m_plot, &ParallelPlot::menuRequested, this, &ParallelPanel::popUpMenu);
    show();
}

void ParallelPanel::buildControls() {
    m_axesButton->setCheckable(false);
    m_axesButton->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_axesButton);
    menu->setObjectName(QStringLiteral("parallelAxesMenu"));
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillAxesMenu(*menu); });
    m_axesButton->setMenu(menu);
    m_clear->setCheckable(false);
    connect(m_clear, &QToolButton::clicked, this, [this] {
        m_plot->clearBrushes();
        filterByBrushes();
    });
    connect(m_save, &QToolButton::clicked, this, [this] {
        popUpExportMenu(*this, m_save->mapToGlobal(m_save->rect().bottomLeft()),
                        [this] { return m_plot->exportedFigure(m_count->text()); });
    });
    m_count->setObjectName(QStringLiteral("parallelCount"));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_axesButton);
    row->addWidget(m_clear);
    row->addWidget(m_count, 1);
    row->addWidget(m_save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_plot, 1);
}

// ---- runs and axes

void ParallelPanel::setRuns(const FigureRuns &runs) {
    const bool isOurs = m_plot->figure().hasBrush() && runs.isFilteredByFigure;
    if (isOurs) { // the table shows only the brushed ones
        m_runs.selected = runs.selected;
        return m_plot->setSelected(m_runs.selected);
    }
    const bool hadBrush = m_plot->figure().hasBrush();
    if (hadBrush)
        m_plot->clearBrushes();
    const bool areSame = !hadBrush && haveSameRuns(runs, m_runs);
    m_runs = runs;
    if (areSame)
        return m_plot->setSelected(m_runs.selected);
    read();
    show();
}

void ParallelPanel::offeredFieldsChanged() {
    read();
    show();
}

QStringList ParallelPanel::axes() const {
    QStringList fields;
    for (const ParallelAxis &axis : m_plot->figure().axes)
        fields.append(axis.field.field);
    return fields;
}

/// Chosen ones may not be painted yet.
QStringList ParallelPanel::chosenAxes() const {
    return m_axes.isEmpty() ? axes() : m_axes;
}

void ParallelPanel::setAxes(const QStringList &fields) {
    m_axes = fields;
    QSettings().setValue(axesKey, fields);
    read();
    show();
}

/// The chosen axes; otherwise the options in which runs of the store differ, and an accuracy or metric.
QStringList ParallelPanel::candidates() const {
    if (!m_axes.isEmpty())
        return m_axes;
    QStringList fields = offered().options.mid(0, mostCandidates);
    fields.removeAll(QStringLiteral("seed"));
    const QString measure = offered().accuracies.value(0, offered().metrics.value(0));
    return measure.isEmpty() ? fields : fields + QStringList{measure};
}

void ParallelPanel::read() {
    const QStringList fields = candidates();
    if (!m_runs.entities().empty() && !fields.isEmpty())
        m_values.want(fields, m_runs);
}

namespace {

struct NamedValues {
    QString name;
    std::shared_ptr<const FieldValues> values;
};

/// With default axes those in which the runs differ, and the measure, which is the last one.
ParallelFigure figureOf(const FigureRuns &runs, const std::vector<NamedValues> &wanted, bool areDefault) {
    std::vector<FigureField> fields;
    for (const auto &[name, values] : wanted) {
        if (values == nullptr)
            continue;
        FigureField field = figureField(name, *values, runs);
        const bool isMeasure = name == wanted.back().name;
        if (!areDefault || isMeasure || (std::ssize(fields) < mostAxes && differs(field)))
            fields.push_back(std::move(field));
    }
    return parallelFigure(runs, std::move(fields));
}

} // namespace

/// The previous figure is shown until the next one is made.
void ParallelPanel::show() {
    m_plot->setEmptyText(emptyText());
    std::vector<NamedValues> wanted;
    const QStringList names = candidates();
    for (const QString &name : names) {
        wanted.push_back({name, m_values.values(name)});
        if (wanted.back().values == nullptr && m_values.isReading())
            return;
    }
    m_maker.ask(
        [runs = m_runs, wanted, areDefault = m_axes.isEmpty()] { return figureOf(runs, wanted, areDefault); },
        [this](ParallelFigure &&figure) {
            m_plot->setEmptyText(emptyText());
            m_plot->setFigure(std::move(figure));
            m_plot->setSelected(m_runs.selected);
            showCount();
        });
}

void ParallelPanel::showCount() {
    const ParallelFigure &figure = m_plot->figure();
    m_clear->setEnabled(figure.hasBrush());
    m_save->setEnabled(!figure.lines.empty());
    if (figure.lines.empty())
        return m_count->clear();
    m_count->setText(
        figure.hasBrush()
            ? tr("%1 of %2 runs are inside the brushes; the filter shows only these.")
                  .arg(countText(figure.insideCount()), countText(figure.lines.size()))
            : tr("%1 runs. Drag along an axis to filter them.").arg(countText(figure.lines.size())));
}

QString ParallelPanel::emptyText() const {
    if (!m_values.problem().isEmpty())
        return tr("The values of the runs cannot be read: %1").arg(m_values.problem());
    if (m_runs.entities().empty())
        return tr(
            "Each run is a line over its options and its accuracy here. Select runs above, or choose all "
            "runs that the table shows.");
    return tr("These runs differ in no option. Choose axes with the button above.");
}

// ---- brushes

void ParallelPanel::filterByBrushes() {
    showCount();
    Q_EMIT filterRequested(brushedCondition(m_plot->figure()));
}

// ---- menus

void ParallelPanel::fillAxesMenu(QMenu &menu) {
    menu.clear();
    const QStringList now = chosenAxes();
    QStringList fields = offered().all();
    for (const QString &field : now)
        if (!fields.contains(field))
            fields.append(field);
    for (const QString &field : std::as_const(fields)) {
        QAction *action = menu.addAction(plainButtonText(figureFieldTitle(field)));
        action->setCheckable(true);
        action->setChecked(now.contains(field));
        connect(action, &QAction::toggled, this, [this, field](bool isOn) {
            QStringList chosen = chosenAxes();
            chosen.removeAll(field);
            if (isOn)
                chosen.insert(std::max<qsizetype>(0, chosen.size() - 1),
                              field); // the last one gives the colours
            setAxes(chosen);
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Another…"), this, [this] {
        askForField(*this, tr("Add an axis"), m_values.queries(),
                    [this](const QString &field) { setAxes(QStringList{field} + chosenAxes()); });
    });
    menu.addAction(tr("Default axes"), this, [this] { setAxes({}); })->setEnabled(!m_axes.isEmpty());
}

void ParallelPanel::popUpMenu(const QPoint &globalPosition) {
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("parallelMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Remove brushes"), m_clear, &QToolButton::click)->setEnabled(m_clear->isEnabled());
    menu->addSeparator();
    addExportActions(*menu, *this, [this] { return m_plot->exportedFigure(m_count->text()); });
    menu->popup(globalPosition);
}

} // namespace simclr::ui
