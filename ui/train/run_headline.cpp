// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_headline.h"

#include "ui/widgets/text_labels.h"
#include "ui/workspace/training_words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <cmath>

namespace simclr::ui {

namespace {

const QString unknown = QStringLiteral("–");

/// Tabular digits, so that numbers do not shiver while they run.
QFont figureFont(const QFont &base) {
    QFont font = base;
    font.setPointSizeF(base.pointSizeF() * 1.7);
    font.setWeight(QFont::Medium);
    return font;
}

} // namespace

RunHeadline::RunHeadline(QWidget *parent) : QWidget(parent) {
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(28);
    m_epoch = addFigure(*row, QStringLiteral("epochFigure"), tr("epoch"), tr("Epochs done"));
    m_loss =
        addFigure(*row, QStringLiteral("lossFigure"), tr("loss"), tr("Of the last step; NT-Xent in nats"));
    m_linear = addFigure(*row, QStringLiteral("linearFigure"), tr("linear"),
                         tr("Accuracy of a linear classifier on the frozen encoder"));
    m_knn = addFigure(*row, QStringLiteral("knnFigure"), tr("kNN"),
                      tr("Accuracy of a vote among the nearest training images"));
    m_speed = addFigure(*row, QStringLiteral("speedFigure"), tr("images/s"),
                        tr("Images a second of the last step"));
    m_left = addFigure(*row, QStringLiteral("timeFigure"), tr("time left"),
                       tr("At the speed of late, evaluations included"));
    row->addStretch(1);
    clear();
}

RunHeadline::Figure RunHeadline::addFigure(QHBoxLayout &row, const QString &name, const QString &caption,
                                           const QString &tip) {
    const Figure figure{plainLabel({}, this), mutedLabel(caption, this)};
    figure.value->setObjectName(name);
    figure.value->setFont(figureFont(font()));
    figure.value->setAccessibleName(caption);
    figure.value->setMinimumWidth(figure.value->fontMetrics().horizontalAdvance(QStringLiteral("00.0 %")));
    figure.value->setToolTip(tip);
    figure.caption->setToolTip(tip);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(figure.value);
    column->addWidget(figure.caption);
    row.addLayout(column);
    return figure;
}

void RunHeadline::clear() {
    for (const Figure &figure : {m_epoch, m_loss, m_linear, m_knn, m_speed, m_left})
        figure.value->setText(unknown);
    m_epoch.caption->setText(tr("epoch"));
    m_linear.caption->setText(tr("linear"));
    m_knn.caption->setText(tr("kNN"));
}

void RunHeadline::setEpoch(double done, std::int64_t total) {
    m_epoch.value->setText(QLocale().toString(done, 'f', 1));
    m_epoch.caption->setText(tr("epochs of %1").arg(countText(total)));
}

void RunHeadline::setStep(const StepFinished &step) {
    m_loss.value->setText(QLocale().toString(step.loss, 'f', 3));
    m_speed.value->setText(countText(std::llround(step.imagesPerSecond)));
}

void RunHeadline::setResult(const Evaluated &result) {
    if (result.split == "test" && result.epoch == 0)
        return; // the baseline of the last comparison; the headline is about what was trained
    if (result.protocol != "linear" && result.protocol != "knn")
        return;
    const Figure &figure = result.protocol == "knn" ? m_knn : m_linear;
    const QString when = result.epoch > 0    ? tr("epoch %1").arg(result.epoch)
                         : result.isImported ? tr("imported")
                                             : tr("random");
    figure.value->setText(percentText(result.value));
    figure.caption->setText(
        tr("%1, %2, %3").arg(protocolTitle(result.protocol), splitText(result.split), when));
}

void RunHeadline::setSecondsLeft(double seconds) {
    m_left.value->setText(readableDuration(seconds));
}

} // namespace simclr::ui
