// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/wall/column_filter.h"

#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <algorithm>
#include <unordered_map>

namespace simclr::ui {

namespace {

QComboBox *newBox(const char *name, const QString &title, const QString &toolTip) {
    auto *box = new QComboBox;
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(title);
    box->setToolTip(toolTip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    return box;
}

} // namespace

std::vector<CountedValue> valuesOfColumn(const Dataset &dataset, const std::string &column, std::size_t most,
                                         const std::stop_token &stop) {
    std::unordered_map<std::string, std::size_t> counts;
    for (std::uint32_t sample = 0; sample < dataset.size() && !stop.stop_requested(); ++sample)
        ++counts[dataset.columnValue(sample, column)];
    std::vector<CountedValue> values;
    for (const auto &[value, images] : counts)
        values.push_back({value, images});
    std::ranges::sort(values, [](const CountedValue &one, const CountedValue &other) {
        return one.images != other.images ? one.images > other.images : one.value < other.value;
    });
    values.resize(std::min(most, values.size()));
    return values;
}

ColumnFilter::ColumnFilter(QWidget *parent)
    : QWidget(parent),
      m_column(
          newBox("wallColumn", tr("Column"),
                 tr("A further column of the table that lists the images, such as a patient or a device"))),
      m_value(newBox("wallColumnValue", tr("Value of the column"),
                     tr("Show the images with this value in the column"))),
      m_note(mutedLabel()) {
    m_note->setObjectName(QStringLiteral("wallColumnNote"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_column);
    row->addWidget(m_value);
    row->addWidget(m_note, 1);
    connect(m_column, &QComboBox::activated, this, &ColumnFilter::chooseColumn);
    connect(m_value, &QComboBox::activated, this, &ColumnFilter::edited);
    setDataset(nullptr);
}

void ColumnFilter::setDataset(const DatasetPtr &dataset) {
    m_dataset = dataset;
    m_column->clear();
    m_column->addItem(tr("No column"));
    if (dataset)
        for (const std::string &name : dataset->columnNames())
            m_column->addItem(QString::fromStdString(name), QString::fromStdString(name));
    setVisible(m_column->count() > 1);
    forgetValues();
}

void ColumnFilter::forgetValues() {
    m_worker.cancel();
    m_value->clear();
    m_value->addItem(tr("All values"));
    m_value->setEnabled(false);
    m_note->clear();
}

void ColumnFilter::chooseColumn() {
    const bool wasFiltered = value().has_value();
    forgetValues();
    if (const QVariant column = m_column->currentData(); column.isValid() && m_dataset)
        m_worker.ask(
            [dataset = m_dataset,
             name = column.toString().toStdString()](const BackgroundWorker::Task &task) {
                return valuesOfColumn(*dataset, name, mostValues + 1, task.stop());
            },
            [this](const std::vector<CountedValue> &values) { showValues(values); });
    if (wasFiltered)
        Q_EMIT edited();
}

void ColumnFilter::showValues(const std::vector<CountedValue> &values) {
    for (std::size_t i = 0; i < std::min(mostValues, values.size()); ++i) {
        const QString text = QString::fromStdString(values[i].value);
        m_value->addItem(
            tr("%1 (%2)").arg(text.isEmpty() ? tr("no value") : text, countText(values[i].images)), text);
    }
    m_value->setEnabled(true);
    if (values.size() > mostValues)
        m_note->setText(tr("The %1 most frequent values").arg(countText(mostValues)));
}

std::optional<ColumnValue> ColumnFilter::value() const {
    const QVariant value = m_value->currentData();
    if (!value.isValid())
        return {};
    return ColumnValue{m_column->currentData().toString().toStdString(), value.toString().toStdString()};
}

} // namespace simclr::ui
