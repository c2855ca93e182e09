// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/diagnose/meters_figures.h"

#include "core/augment/operation.h"
#include "ui/design/diagnose/meters_bar.h"
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
    return MetersFigures::tr("%1 %").arg(decimalText(100 * share, 1));
}

QString orDash(const std::optional<double> &number) {
    return number ? decimalText(*number, 2) : MetersFigures::tr("–");
}

void addCosts(QStringList &lines, const QString &heading, const std::vector<StepCost> &costs,
              const std::vector<PipelineStep> &steps) {
    if (!heading.isEmpty())
        lines.append(heading);
    for (const StepCost &cost : costs) {
        const OperationType *type = findOperationType(steps.at(cost.step).operation);
        lines.append(
            MetersFigures::tr("%1: %2 µs")
                .arg(QString::fromStdString(type != nullptr ? type->title : steps[cost.step].operation),
                     decimalText(cost.microseconds, 1)));
    }
}

/// Where the time goes, a line a step.
QString costTable(const Meters &meters, const Pipeline &pipeline) {
    QStringList lines{
        MetersFigures::tr("Cores · 1,000,000 / µs a view / 2 views, from decoded pictures. On the "
                          "average of all views:")};
    const bool isSplit = pipeline.secondSteps.has_value();
    addCosts(lines, isSplit ? MetersFigures::tr("View 1") : QString(), meters.costs, pipeline.stepsOf(0));
    if (isSplit)
        addCosts(lines, MetersFigures::tr("View 2"), meters.secondCosts, pipeline.stepsOf(1));
    return lines.join(QChar('\n'));
}

} // namespace

MetersFigures::MetersFigures(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(0);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, 1);
    m_color = addBar({"colorShortcut", tr("Colour shortcut"), tr("pairs found by their colours alone"),
                      tr("How often the nearest colour histogram (8 × 8 × 8 boxes, Σ|a − b|) of view 1 among "
                         "all second views is its own pair's. The mark is chance, 1 / K. Near 100 % colour "
                         "alone solves the task, and little else is learnt (section 3.1, Fig. 6).")});
    m_layout = addBar({"layoutShortcut", tr("Layout shortcut"), tr("pairs found by a tiny grey picture"),
                       tr("The same by the grey levels of 8 × 8 areas, less their mean and divided by their "
                          "length. Near 100 % the two crops show nearly the same.")});
    m_overlap = addFigure({"cropIou", tr("Crop overlap"), tr("common part of two crops"),
                           tr("Intersection over union of the two crops of an image, on the average. – where "
                              "a crop is not all that chooses a region.")},
                          4, 0);
    m_ratio = addFigure({"scaleRatio", tr("Scale ratio"), tr("smaller by larger area"),
                         tr("Area of the smaller crop of a pair divided by that of the larger one, on the "
                            "average. Small: views of details are matched with views of the whole.")},
                        4, 1);
    m_clipped =
        addFigure({"clipped", tr("Clipped"), tr("pixels at 0 or 255"),
                   tr("Share of pixels with a level of 0 or 255 in views, and in the pictures as they "
                      "are: what the augmentation added is lost detail.")},
                  6, 0, 1, &m_sources);
    m_uniform = addFigure({"uniform", tr("Uniform"), tr("views of nearly one grey"),
                           tr("Share of views whose grey levels have a standard deviation below 4.")},
                          6, 1);
    m_cost =
        addFigure({"cost", tr("Cost"), tr("a view on one core → what all cores could feed"), {}}, 8, 0, 2);
}

MetersBar *MetersFigures::addBar(const Words &words) {
    auto *bar = new MetersBar;
    bar->setObjectName(QString::fromLatin1(words.name));
    bar->setAccessibleName(words.title);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    QLabel *title = plainLabel(words.title);
    title->setMinimumWidth(title->fontMetrics().horizontalAdvance(tr("Colour shortcut")) + 2);
    line->addWidget(title);
    line->addWidget(bar, 1);
    QLabel *meaning = smallLabel(words.meaning);
    const int row = m_grid->rowCount() == 1 ? 0 : 2;
    m_grid->addLayout(line, row, 0, 1, 2);
    m_grid->addWidget(meaning, row + 1, 0, 1, 2);
    m_grid->setRowMinimumHeight(row + 1, meaning->sizeHint().height() + 4);
    for (QWidget *widget :
         {static_cast<QWidget *>(title), static_cast<QWidget *>(bar), static_cast<QWidget *>(meaning)})
        widget->setToolTip(plainToolTip(words.formula));
    return bar;
}

QLabel *MetersFigures::addFigure(const Words &words, int row, int column, int columns, QLabel **told) {
    QLabel *title = plainLabel(words.title);
    QLabel *value = valueLabel(words.title);
    value->setText(tr("–"));
    value->setObjectName(QString::fromLatin1(words.name));
    QFont bold = value->font();
    bold.setWeight(QFont::DemiBold);
    value->setFont(bold);
    auto *line = new QHBoxLayout;
    line->setSpacing(6);
    line->addWidget(title);
    line->addWidget(value, 1);
    QLabel *meaning = smallLabel(words.meaning);
    m_grid->addLayout(line, row, column, 1, columns);
    m_grid->addWidget(meaning, row + 1, column, 1, columns);
    m_grid->setRowMinimumHeight(row + 1, meaning->sizeHint().height() + 4);
    for (QLabel *label : {title, value, meaning})
        label->setToolTip(plainToolTip(words.formula));
    m_values.push_back(value);
    if (told != nullptr)
        *told = meaning;
    return value;
}

void MetersFigures::showMeters(const Meters &meters, const Pipeline &pipeline) {
    m_color->setShare(meters.colorShortcut, meters.chance);
    m_layout->setShare(meters.layoutShortcut, meters.chance);
    m_overlap->setText(orDash(meters.cropIou));
    m_ratio->setText(orDash(meters.scaleRatio));
    m_clipped->setText(percent(meters.clipped));
    m_sources->setText(tr("at 0 or 255; images %1").arg(percent(meters.clippedSources)));
    m_uniform->setText(percent(meters.uniform));
    m_cost->setText(
        tr("%1 µs → %2 images/s")
            .arg(decimalText(meters.microsecondsPerView, 1), countText(qlonglong(imagesPerSecond(meters)))));
    m_cost->setToolTip(plainToolTip(costTable(meters, pipeline)));
}

void MetersFigures::setOld(bool old) {
    m_color->setOld(old);
    m_layout->setOld(old);
    for (QLabel *value : m_values)
        value->setEnabled(!old);
}

} // namespace simclr::ui
