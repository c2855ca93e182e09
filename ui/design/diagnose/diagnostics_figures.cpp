// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/diagnose/diagnostics_figures.h"

#include "core/augment/operation.h"
#include "ui/design/diagnose/diagnostics_bar.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QGridLayout>
#include <QHBoxLayout>

namespace simclr::ui {

namespace {

QLabel *smallLabel(const QString &text) {
    QLabel *label = mutedLabel(text);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    label->setFont(font);
    label->setMinimumWidth(1);
    return label;
}

QString percent(double share) {
    return DiagnosticsFigures::tr("%1 %").arg(decimalText(100 * share, 1));
}

QString orDash(const std::optional<double> &number) {
    return number ? decimalText(*number, 2) : DiagnosticsFigures::tr("–");
}

void addCosts(QStringList &lines, const QString &heading, const std::vector<StepCost> &costs,
              const std::vector<PipelineStep> &steps) {
    if (!heading.isEmpty())
        lines.append(heading);
    for (const StepCost &cost : costs) {
        const OperationType *type = findOperationType(steps.at(cost.step).operation);
        lines.append(DiagnosticsFigures::tr("%1: %2 µs")
                         .arg(type != nullptr ? coreText(type->title)
                                              : QString::fromStdString(steps[cost.step].operation),
                              decimalText(cost.microseconds, 1)));
    }
}

/// The cost of each step, one line per step.
QString costTable(const ViewDiagnostics &diagnostics, const Pipeline &pipeline) {
    QStringList lines{
        DiagnosticsFigures::tr("Images/s = cores × 1,000,000 / (2 × µs per view), for decoded images. "
                               "Mean over all views:")};
    const bool isSplit = pipeline.secondSteps.has_value();
    addCosts(lines, isSplit ? DiagnosticsFigures::tr("View 1") : QString(), diagnostics.costs,
             pipeline.stepsOf(0));
    if (isSplit)
        addCosts(lines, DiagnosticsFigures::tr("View 2"), diagnostics.secondCosts, pipeline.stepsOf(1));
    return lines.join(QChar('\n'));
}

} // namespace

DiagnosticsFigures::DiagnosticsFigures(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(0);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, 1);
    m_color = addBar({"colorShortcut", tr("Colour shortcut"), tr("pairs matched by colour alone"),
                      tr("How often the nearest colour histogram (8 × 8 × 8 bins, Σ|a − b|) of view 1 among "
                         "all second views belongs to its own pair. The mark is chance, 1 / K. Near 100 %, "
                         "colour alone solves the task and little else is learnt (section 3.1, Fig. 6).")});
    m_layout =
        addBar({"layoutShortcut", tr("Layout shortcut"), tr("pairs matched by an 8 × 8 grey thumbnail"),
                tr("The same with the grey levels of 8 × 8 areas, minus their mean and divided by "
                   "their norm. Near 100 %, the two crops show nearly the same region.")});
    m_overlap = addFigure({"cropIou", tr("Crop overlap"), tr("IoU of the two crops"),
                           tr("Mean intersection over union of the two crops of an image. “–” if other steps "
                              "than the crop also select a region.")},
                          4, 0);
    m_ratio = addFigure({"scaleRatio", tr("Scale ratio"), tr("smaller / larger area"),
                         tr("Area of the smaller crop of a pair divided by that of the larger one, mean over "
                            "pairs. Small: views of details are matched with views of the whole image.")},
                        4, 1);
    m_clipped =
        addFigure({"clipped", tr("Clipped"), tr("pixels at 0 or 255"),
                   tr("Share of pixels at level 0 or 255 in the views, and in the original images: the "
                      "difference is detail lost to the augmentation.")},
                  6, 0, 1, &m_sources);
    m_uniform = addFigure({"uniform", tr("Uniform"), tr("nearly constant views"),
                           tr("Share of views whose grey levels have a standard deviation below 4.")},
                          6, 1);
    m_cost =
        addFigure({"cost", tr("Cost"), tr("per view on one core → throughput of all cores"), {}}, 8, 0, 2);
}

DiagnosticsBar *DiagnosticsFigures::addBar(const Texts &texts) {
    auto *bar = new DiagnosticsBar;
    bar->setObjectName(QString::fromLatin1(texts.name));
    bar->setAccessibleName(texts.title);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    QLabel *title = plainLabel(texts.title);
    title->setMinimumWidth(title->fontMetrics().horizontalAdvance(tr("Colour shortcut")) + 2);
    line->addWidget(title);
    line->addWidget(bar, 1);
    QLabel *meaning = smallLabel(texts.meaning);
    const int row = m_grid->rowCount() == 1 ? 0 : 2;
    m_grid->addLayout(line, row, 0, 1, 2);
    m_grid->addWidget(meaning, row + 1, 0, 1, 2);
    m_grid->setRowMinimumHeight(row + 1, meaning->sizeHint().height() + 4);
    for (QWidget *widget :
         {static_cast<QWidget *>(title), static_cast<QWidget *>(bar), static_cast<QWidget *>(meaning)})
        widget->setToolTip(plainToolTip(texts.formula));
    return bar;
}

QLabel *DiagnosticsFigures::addFigure(const Texts &texts, int row, int column, int columns,
                                      QLabel **meaningLabel) {
    QLabel *title = plainLabel(texts.title);
    QLabel *value = valueLabel(texts.title);
    value->setText(tr("–"));
    value->setObjectName(QString::fromLatin1(texts.name));
    QFont bold = value->font();
    bold.setWeight(QFont::DemiBold);
    value->setFont(bold);
    auto *line = new QHBoxLayout;
    line->setSpacing(6);
    line->addWidget(title);
    line->addWidget(value, 1);
    QLabel *meaning = smallLabel(texts.meaning);
    m_grid->addLayout(line, row, column, 1, columns);
    m_grid->addWidget(meaning, row + 1, column, 1, columns);
    m_grid->setRowMinimumHeight(row + 1, meaning->sizeHint().height() + 4);
    for (QLabel *label : {title, value, meaning})
        label->setToolTip(plainToolTip(texts.formula));
    m_values.push_back(value);
    if (meaningLabel != nullptr)
        *meaningLabel = meaning;
    return value;
}

void DiagnosticsFigures::showDiagnostics(const ViewDiagnostics &diagnostics, const Pipeline &pipeline) {
    m_color->setShare(diagnostics.colorShortcut, diagnostics.chance);
    m_layout->setShare(diagnostics.layoutShortcut, diagnostics.chance);
    m_overlap->setText(orDash(diagnostics.cropIou));
    m_ratio->setText(orDash(diagnostics.scaleRatio));
    m_clipped->setText(percent(diagnostics.clipped));
    m_sources->setText(tr("at 0 or 255; images %1").arg(percent(diagnostics.clippedSources)));
    m_uniform->setText(percent(diagnostics.uniform));
    m_cost->setText(tr("%1 µs → %2 images/s")
                        .arg(decimalText(diagnostics.microsecondsPerView, 1),
                             countText(qlonglong(imagesPerSecond(diagnostics)))));
    m_cost->setToolTip(plainToolTip(costTable(diagnostics, pipeline)));
}

void DiagnosticsFigures::setOld(bool old) {
    m_color->setOld(old);
    m_layout->setOld(old);
    for (QLabel *value : m_values)
        value->setEnabled(!old);
}

} // namespace simclr::ui
