// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_headline.h"

#include "ui/text/training_text.h"
#include "ui/widgets/text_labels.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr::ui {

namespace {

const QString unknown = QStringLiteral("–");
constexpr int spacing = 28;

/// Larger than the text around it.
QFont figureFont(const QFont &base) {
    QFont font = base;
    font.setPointSizeF(base.pointSizeF() * 1.7);
    font.setWeight(QFont::Medium);
    return font;
}

} // namespace

RunHeadline::RunHeadline(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(spacing);
    m_grid->setVerticalSpacing(4);
    m_epoch = addFigure(QStringLiteral("epochFigure"), tr("epoch"), tr("Epochs done"));
    m_loss =
        addFigure(QStringLiteral("lossFigure"), tr("loss"), tr("Loss of the last step; NT-Xent in nats"));
    m_linear = addFigure(QStringLiteral("linearFigure"), tr("linear"),
                         tr("Accuracy of a linear classifier on the frozen encoder"));
    m_knn = addFigure(QStringLiteral("knnFigure"), tr("kNN"),
                      tr("Accuracy of a vote of the nearest training images"));
    m_speed =
        addFigure(QStringLiteral("speedFigure"), tr("images/s"), tr("Images per second in the last step"));
    m_left = addFigure(QStringLiteral("timeFigure"), tr("time left"),
                       tr("Estimated from recent throughput, evaluations included"));
    arrange(static_cast<int>(m_figures.size()));
    clear();
}

RunHeadline::Figure RunHeadline::addFigure(const QString &name, const QString &caption, const QString &tip) {
    const Figure figure{valueLabel(caption, this), mutedLabel(caption, this)};
    figure.value->setObjectName(name);
    figure.value->setFont(figureFont(font()));
    figure.value->setMinimumWidth(figure.value->fontMetrics().horizontalAdvance(QStringLiteral("00.0 %")));
    figure.value->setToolTip(tip);
    figure.caption->setToolTip(tip);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(figure.value);
    column->addWidget(figure.caption);
    m_figures.append(box);
    return figure;
}

int RunHeadline::widthOf(int columns) const {
    int widest = 0;
    for (const QWidget *figure : m_figures)
        widest = std::max(widest, figure->minimumSizeHint().width());
    return columns * widest + (columns - 1) * spacing;
}

void RunHeadline::arrange(int columns) {
    if (std::exchange(m_columns, columns) == columns)
        return;
    for (QWidget *figure : std::as_const(m_figures))
        m_grid->removeWidget(figure);
    for (int i = 0; i < m_figures.size(); ++i)
        m_grid->addWidget(m_figures[i], i / columns, i % columns);
    for (int column = 0; column <= m_figures.size(); ++column)
        m_grid->setColumnStretch(column, column == columns ? 1 : 0); // the remaining width stays empty
    updateGeometry();
}

QSize RunHeadline::minimumSizeHint() const {
    return {widthOf(static_cast<int>(m_figures.size()) / 2), QWidget::minimumSizeHint().height()};
}

void RunHeadline::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    const int all = static_cast<int>(m_figures.size());
    arrange(width() >= widthOf(all) ? all : all / 2);
}

void RunHeadline::clear() {
    for (const Figure &figure : {m_epoch, m_loss, m_linear, m_knn, m_speed, m_left})
        figure.value->setText(unknown);
    m_epoch.caption->setText(tr("epoch"));
    m_linear.caption->setText(tr("linear"));
    m_knn.caption->setText(tr("kNN"));
}

void RunHeadline::setLabelled(bool labelled) {
    for (const Figure &figure : {m_linear, m_knn})
        figure.value->parentWidget()->setVisible(labelled);
}

void RunHeadline::setEpoch(double done, std::int64_t total) {
    m_epoch.value->setText(decimalText(done, 1));
    m_epoch.caption->setText(tr("epochs of %1").arg(countText(total)));
}

void RunHeadline::setStep(const StepFinished &step) {
    m_loss.value->setText(decimalText(step.values["loss"], 3));
    const double speed = step.values["images_per_second"];
    m_speed.value->setText(std::isfinite(speed) ? countText(std::llround(speed)) : unknown);
}

void RunHeadline::setResult(const Evaluated &evaluated) {
    const Result &result = evaluated.result;
    const auto &[protocol, split, place, scope] = result.key;
    if (split == Split::Test && place.epoch == 0)
        return; // the baseline of the final evaluation; the headline shows the trained encoder
    if (protocol != Protocol::Linear && protocol != Protocol::Knn)
        return;
    const Figure &figure = protocol == Protocol::Knn ? m_knn : m_linear;
    const QString when = place.epoch > 0        ? tr("epoch %1").arg(place.epoch)
                         : evaluated.isImported ? tr("imported")
                                                : tr("random");
    figure.value->setText(percentText(result.value));
    figure.caption->setText(tr("%1, %2, %3").arg(protocolTitle(protocol), splitText(split), when));
}

void RunHeadline::setSecondsLeft(double seconds, double ofEpoch) {
    m_left.value->setText(durationText(seconds));
    m_left.caption->setText(ofEpoch < 0 ? tr("time left") : tr("left, epoch %1").arg(durationText(ofEpoch)));
}

} // namespace simclr::ui
