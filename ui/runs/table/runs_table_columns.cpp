// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of RunsTable: widths, order, which are pinned or hidden, and where that is stored.
#include "ui/runs/table/pinned_header.h"
#include "ui/runs/table/runs_model.h"
#include "ui/runs/table/runs_table.h"

#include <QMenu>
#include <QScopeGuard>
#include <QSettings>
#include <QStandardItemModel>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

const QString columnsKey = QStringLiteral("runs/table");
const QString oldColumnsKey = QStringLiteral("runs/columns11");           ///< a QHeaderView's state
const QString oldHiddenColumnsKey = QStringLiteral("runs/hiddenColumns"); ///< of versions before
constexpr int oldColumns = 11;
constexpr int nameCharacters = 24;
constexpr int padding = 18;

} // namespace

/// Wide enough for typical contents.
void RunsTable::setWidths() {
    const QHash<QString, QString> samples{
        {QStringLiteral("status"), tr("interrupted") + QStringLiteral("MMM")},
        {QStringLiteral("images"), tr("Imagenette")},
        {QStringLiteral("pipeline"), tr("SimCLR (CIFAR-10)")},
        {QStringLiteral("encoder"), tr("ResNet-18 ×0.0625")},
        {QStringLiteral("epoch"), tr("12.5 of 100")},
        {QStringLiteral("linear"), tr("60.0 % val.")},
        {QStringLiteral("knn"), tr("60.0 % val.")},
        {QStringLiteral("images_per_second"), tr("Images/s")},
        {QStringLiteral("created"), QStringLiteral("2000-00-00 00:00")},
        {QStringLiteral("duration"), tr("12 h 05 min")}};
    const QString other = tr("12 h 05 min");
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const QString &field = m_model.columns()[static_cast<std::size_t>(column)].field;
        setColumnWidth(column, fontMetrics().horizontalAdvance(samples.value(field, other)) + padding);
        setColumnHidden(column, m_model.columns()[static_cast<std::size_t>(column)].isHiddenAtFirst);
    }
    header()->setMinimumSectionSize(fontMetrics().horizontalAdvance(tr("Images/s")) + padding);
    header()->setSectionResizeMode(0, QHeaderView::Fixed);
}

/// The name column takes the remaining width, but never less than names need.
void RunsTable::fitName() {
    int others = 0;
    for (int column = 1; column < m_model.columnCount(); ++column)
        others += columnWidth(column); // 0 where it is hidden
    const int needed = fontMetrics().averageCharWidth() * nameCharacters;
    setColumnWidth(0, std::max(needed, viewport()->width() - others));
}

void RunsTable::widenForGroups() {
    const bool wasArranging = std::exchange(m_isArranging, true);
    const int needed = fontMetrics().horizontalAdvance(QStringLiteral("60.0 % ± 10.0 % (10)")) + padding;
    for (int column = 1; column < m_model.columnCount(); ++column)
        if (m_model.columns()[static_cast<std::size_t>(column)].isNumber && !isColumnHidden(column))
            setColumnWidth(column, std::max(columnWidth(column), needed));
    m_isArranging = wasArranging;
    fitName();
}

bool RunsTable::isPinned(int column) const {
    return m_header->isPinned(column);
}

void RunsTable::setPinned(int column, bool isPinned) {
    if (column <= 0 || column >= m_model.columnCount())
        return;
    const QString &field = m_model.columns()[static_cast<std::size_t>(column)].field;
    m_pins.removeAll(field);
    if (isPinned)
        m_pins.append(field);
    applyPins();
    rememberColumns();
}

void RunsTable::applyPins() {
    QSet<int> columns{0};
    for (const QString &field : std::as_const(m_pins))
        if (const int column = m_model.columnOf(field); column >= 0)
            columns.insert(column);
    m_header->setPinned(columns);
    viewport()->update();
}

void RunsTable::addPinAction(QMenu &menu, int column) {
    const QString title = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    const bool pins = !isPinned(column);
    QAction *pin = menu.addAction(pins ? tr("Pin “%1”").arg(title) : tr("Unpin “%1”").arg(title), this,
                                  [this, column, pins] { setPinned(column, pins); });
    pin->setObjectName(QStringLiteral("pinColumn"));
    pin->setToolTip(tr("A pinned column stays at the left while the table scrolls sideways"));
    menu.addSeparator();
}

void RunsTable::chooseColumns(const QPoint &globalPosition, int column) {
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("columnsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (column > 0)
        addPinAction(*menu, column);
    for (int each = 1; each < m_model.columnCount(); ++each) {
        QAction *action =
            menu->addAction(m_model.headerData(each, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(each));
        connect(action, &QAction::toggled, this, [this, each](bool shown) {
            setColumnHidden(each, !shown);
            rememberColumns();
        });
    }
    Q_EMIT columnsMenuRequested(*menu);
    menu->popup(globalPosition);
}

Json RunsTable::arrangement() const {
    Json columns = Json::array();
    for (int place = 0; place < header()->count(); ++place) {
        const int column = header()->logicalIndex(place);
        const bool isHidden = header()->isSectionHidden(column);
        Json entry{{"field", m_model.columns()[static_cast<std::size_t>(column)].field.toStdString()}};
        if (column != 0 && isPinned(column))
            entry["pinned"] = true;
        if (isHidden)
            entry["hidden"] = true;
        else
            entry["width"] = header()->sectionSize(column);
        columns.push_back(std::move(entry));
    }
    const auto sorted = static_cast<std::size_t>(header()->sortIndicatorSection());
    return {{"columns", std::move(columns)},
            {"sort", sorted < m_model.columns().size() ? m_model.columns()[sorted].field.toStdString() : ""},
            {"descending", header()->sortIndicatorOrder() == Qt::DescendingOrder}};
}

void RunsTable::setArrangement(const Json &arrangement) {
    if (!arrangement.is_object() || !arrangement.contains("columns") || !arrangement["columns"].is_array())
        return;
    const bool wasArranging = std::exchange(m_isArranging, true);
    const auto arranged = qScopeGuard([this, wasArranging] {
        applyPins(); // also if a member has a wrong type
        m_isArranging = wasArranging;
    });
    int place = 0;
    m_pins.clear();
    m_header->setPinned({}); // they would not let others pass
    for (const Json &entry : arrangement["columns"]) {
        const QString field = QString::fromStdString(entry.value("field", std::string()));
        const int column = m_model.columnOf(field);
        if (column < 0)
            continue;
        if (entry.value("pinned", false))
            m_pins.append(field);
        header()->moveSection(header()->visualIndex(column), place++);
        setColumnHidden(column, column != 0 && entry.value("hidden", false)); // the name identifies the run
        if (const int width = entry.value("width", 0); width > 0)
            setColumnWidth(column, width);
    }
    applyPins();
    const int sorted = m_model.columnOf(QString::fromStdString(arrangement.value("sort", std::string())));
    if (sorted >= 0)
        sortByColumn(sorted,
                     arrangement.value("descending", true) ? Qt::DescendingOrder : Qt::AscendingOrder);
    fitName();
}

void RunsTable::rememberColumns() {
    if (m_isArranging)
        return;
    QSettings().setValue(columnsKey, QString::fromStdString(arrangement().dump()));
}

void RunsTable::recallColumns() {
    const std::string stored = QSettings().value(columnsKey).toString().toStdString();
    if (stored.empty())
        return recallColumnsOfOldSettings();
    try {
        setArrangement(parseJson(stored, "the columns of the table of runs"));
    } catch (const std::exception &) { // settings that somebody has edited: the defaults stay
    }
}

/// Earlier versions stored the state of a header with the first columns only.
void RunsTable::recallColumnsOfOldSettings() {
    const QSettings settings;
    QStandardItemModel columns(0, oldColumns);
    QHeaderView old(Qt::Horizontal);
    old.setModel(&columns);
    const bool isArranged = old.restoreState(settings.value(oldColumnsKey).toByteArray());
    const QStringList atFirst{QString::number(RunsModel::Duration)};
    const QStringList hidden = settings.value(oldHiddenColumnsKey, atFirst).toStringList();
    const bool wasArranging = std::exchange(m_isArranging, true);
    for (int column = 1; column < oldColumns; ++column)
        setColumnHidden(column,
                        isArranged ? old.isSectionHidden(column) : hidden.contains(QString::number(column)));
    for (int place = 0; isArranged && place < oldColumns; ++place)
        header()->moveSection(header()->visualIndex(old.logicalIndex(place)), place);
    for (int column = 1; isArranged && column < oldColumns; ++column)
        if (!old.isSectionHidden(column))
            setColumnWidth(column, old.sectionSize(column));
    applyPins();
    if (isArranged)
        sortByColumn(old.sortIndicatorSection(), old.sortIndicatorOrder());
    m_isArranging = wasArranging;
}

/// The model was reset: with other columns, or with many other rows, for example when groups are sorted.
void RunsTable::columnsReplaced() {
    header()->setSectionResizeMode(0, QHeaderView::Fixed);
    applyPins();
    fitName();
    if (m_isChanging)
        return; // keepSelection() restores what follows
    m_isChanging = true;
    expandOpen();
    selectChosen();
    m_isChanging = false;
}

} // namespace simclr::ui
