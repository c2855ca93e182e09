// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/confusion/confusion_matrices.h"

#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <algorithm>
#include <numeric>

namespace simclr::ui {

namespace {

/// Not owned: the reading keeps it.
std::shared_ptr<const ConfusionMatrix> matrixOf(const ConfusionPtr &reading, std::size_t run) {
    return {reading, &reading->runs[run].matrix};
}

double mistakes(const ConfusionReading &reading, std::size_t label) {
    double sum = 0;
    for (const RunConfusion &run : reading.runs)
        sum += 1 - run.accuracies[label].recall.value_or(1);
    return sum;
}

void bind(const QScrollBar *from, QScrollBar *to) {
    QObject::connect(from, &QScrollBar::valueChanged, to, &QScrollBar::setValue);
}

} // namespace

ConfusionMatrices::ConfusionMatrices(QWidget *parent)
    : QWidget(parent),
      m_titles{new ElidedLabel, new ElidedLabel},
      m_views{new MatrixView, new MatrixView},
      m_second(new QWidget),
      m_legend(mutedLabel()) {
    auto *first = new QWidget;
    for (const std::size_t i : {std::size_t(0), std::size_t(1)}) {
        m_views[i]->setObjectName(QStringLiteral("confusionMatrix%1").arg(i + 1));
        m_titles[i]->setObjectName(QStringLiteral("confusionTitle%1").arg(i + 1));
        auto *column = new QVBoxLayout(i == 0 ? first : m_second);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2);
        column->addWidget(m_titles[i]);
        column->addWidget(m_views[i], 1);
    }
    m_legend->setObjectName(QStringLiteral("confusionLegend"));
    m_legend->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(first, 1);
    row->addWidget(m_second, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row, 1);
    layout->addWidget(m_legend);
    connectViews();
}

void ConfusionMatrices::connectViews() {
    for (const std::size_t i : {std::size_t(0), std::size_t(1)}) {
        MatrixView *other = m_views[1 - i];
        connect(m_views[i], &MatrixView::placeChosen, this,
                [this, i](const MatrixPlace &place) { Q_EMIT placeChosen(int(i), place); });
        connect(m_views[i], &MatrixView::cellSideChosen, other, &MatrixView::setCellSide);
        bind(m_views[i]->horizontalScrollBar(), other->horizontalScrollBar());
        bind(m_views[i]->verticalScrollBar(), other->verticalScrollBar());
    }
}

void ConfusionMatrices::setReading(const ConfusionPtr &reading, const QStringList &names) {
    m_reading = reading;
    m_names = names;
    showContents();
}

void ConfusionMatrices::setDataset(std::size_t run, const DatasetPtr &dataset) {
    m_views[run]->setDataset(dataset);
}

void ConfusionMatrices::setOrder(Order order) {
    m_order = order;
    arrange();
}

void ConfusionMatrices::showDifference(bool isDifference) {
    m_isDifference = isDifference;
    showContents();
}

void ConfusionMatrices::showContents() {
    const bool hasTwo = m_reading != nullptr && m_reading->runs.size() > 1;
    m_second->setVisible(hasTwo);
    m_titles[0]->setVisible(hasTwo);
    if (m_reading == nullptr || m_reading->runs.empty())
        return;
    m_titles[0]->setText(m_names.value(0));
    m_views[0]->setContent(MatrixContent(matrixOf(m_reading, 0)));
    if (hasTwo) {
        m_titles[1]->setText(m_isDifference ? tr("%1 minus %2").arg(m_names.value(1), m_names.value(0))
                                            : m_names.value(1));
        m_views[1]->setContent(m_isDifference ? MatrixContent(matrixOf(m_reading, 1), matrixOf(m_reading, 0))
                                              : MatrixContent(matrixOf(m_reading, 1)));
    }
    m_legend->setText(
        hasTwo && m_isDifference
            ? tr("Percent of each class. Blue: right, orange: wrong. Difference, blue: more often, orange: "
                 "less "
                 "often than by the first run.")
            : tr("Percent of each class. Blue: right, orange: wrong; colours follow the square root."));
    arrange();
}

void ConfusionMatrices::arrange() {
    if (m_reading == nullptr || m_reading->runs.empty())
        return;
    std::vector<std::size_t> order(m_reading->runs.front().matrix.classes());
    std::iota(order.begin(), order.end(), 0);
    if (m_order == Order::MostErrorsFirst) {
        std::vector<double> errors(order.size());
        for (std::size_t label = 0; label < errors.size(); ++label)
            errors[label] = mistakes(*m_reading, label);
        std::ranges::stable_sort(order, std::ranges::greater{},
                                 [&errors](std::size_t label) { return errors[label]; });
    }
    for (MatrixView *view : m_views)
        view->setOrder(order);
}

void ConfusionMatrices::setChosen(std::size_t run, const MatrixPlace &place) {
    m_views[run]->setChosen(place);
    m_views[1 - run]->setChosen({});
}

QString ConfusionMatrices::textOf(std::size_t run, const MatrixPlace &place) const {
    return m_views[run]->textOf(place);
}

} // namespace simclr::ui
