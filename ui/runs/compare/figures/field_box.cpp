// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/figures/field_box.h"

#include "ui/runs/compare/figures/figure_runs.h"
#include "ui/runs/table/field_dialog.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/wheel_guard.h"

#include <QSettings>
#include <QSignalBlocker>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

const QString another = QStringLiteral("\n"); // no field

} // namespace

FieldBox::FieldBox(const QString &objectName, const QString &settingsKey, const RunQueries &queries,
                   QWidget *parent)
    : QComboBox(parent),
      m_queries(queries),
      m_key(settingsKey),
      m_field(QSettings().value(settingsKey).toString()) {
    setObjectName(objectName);
    setMinimumContentsLength(8);
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    WheelGuard::install(this);
    rebuild();
    connect(this, &QComboBox::activated, this, &FieldBox::take);
}

void FieldBox::setNoneText(const QString &text) {
    m_noneText = text;
    rebuild();
}

void FieldBox::offer(const QStringList &fields) {
    if (std::exchange(m_offered, fields) != fields)
        rebuild();
}

QString FieldBox::field() const {
    return m_field;
}

bool FieldBox::isUndecided() const {
    return !QSettings().contains(m_key);
}

void FieldBox::propose(const QString &field) {
    m_field = field;
    rebuild();
}

void FieldBox::setField(const QString &field) {
    QSettings().setValue(m_key, field);
    propose(field);
    Q_EMIT fieldChosen(field);
}

void FieldBox::rebuild() {
    const QSignalBlocker blocker(this);
    clear();
    if (!m_noneText.isEmpty())
        addItem(m_noneText, QString());
    QStringList fields = m_offered;
    if (!m_field.isEmpty() && !fields.contains(m_field))
        fields.append(m_field);
    for (const QString &field : std::as_const(fields))
        add(field);
    insertSeparator(count());
    addItem(tr("Another…"), another);
    setCurrentIndex(findData(m_field));
}

void FieldBox::add(const QString &field) {
    addItem(figureFieldTitle(field), field);
    setItemData(count() - 1, plainToolTip(field), Qt::ToolTipRole);
}

void FieldBox::take(int index) {
    const QString chosen = itemData(index).toString();
    if (chosen != another)
        return setField(chosen);
    setCurrentIndex(findData(m_field));
    askForField(*this, tr("Choose a field"), m_queries, [this](const QString &field) { setField(field); });
}

} // namespace simclr::ui
