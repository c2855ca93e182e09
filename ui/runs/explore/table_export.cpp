// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/table_export.h"

#include "core/util/files.h"
#include "ui/text/paths.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QTableView>
#include <algorithm>
#include <numeric>

namespace simclr::ui {

namespace {

TableCell cellOf(const QModelIndex &index) {
    const QVariant value = index.data(Qt::UserRole);
    bool isNumber = value.isValid() && value.typeId() != QMetaType::QString;
    const double number = isNumber ? value.toDouble(&isNumber) : 0;
    if (isNumber)
        return NumberCell{number, {}, {}};
    return index.data().toString().toStdString();
}

std::vector<int> rowsOf(const QTableView &view) {
    std::vector<int> rows;
    for (const QModelIndex &index : view.selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::ranges::sort(rows);
    if (rows.empty()) {
        rows.resize(std::size_t(view.model()->rowCount()));
        std::iota(rows.begin(), rows.end(), 0);
    }
    return rows;
}

} // namespace

TableExport::TableExport(QTableView &view, const QString &fileName)
    : QObject(&view), m_view(view), m_fileName(fileName), m_menu(new QMenu(&view)) {
    m_menu->setObjectName(view.objectName() + QStringLiteral("Menu"));
    QAction *copy = m_menu->addAction(theme::icon(QStringLiteral("edit-copy")), tr("Copy rows"));
    copy->setObjectName(view.objectName() + QStringLiteral("Copy"));
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &TableExport::copy);
    view.addAction(copy);
    QAction *save = m_menu->addAction(theme::icon(QStringLiteral("document-export")), tr("Export as CSV…"));
    save->setObjectName(view.objectName() + QStringLiteral("Export"));
    connect(save, &QAction::triggered, this, &TableExport::askForFile);
    view.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&view, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { m_menu->popup(m_view.viewport()->mapToGlobal(at)); });
}

ValueTable TableExport::table() const {
    const QAbstractItemModel &model = *m_view.model();
    ValueTable table;
    for (int column = 0; column < model.columnCount(); ++column)
        table.header.push_back(model.headerData(column, Qt::Horizontal).toString().toStdString());
    for (const int row : rowsOf(m_view)) {
        std::vector<TableCell> cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.push_back(cellOf(model.index(row, column)));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

void TableExport::copy() {
    const ValueTable rows = table();
    QGuiApplication::clipboard()->setText(QString::fromStdString(toText(rows, TableFormat::Tsv)));
    Q_EMIT done(rows.rows.size() == 1 ? tr("Copied 1 row.")
                                      : tr("Copied %1 rows.").arg(countText(rows.rows.size())),
                false);
}

void TableExport::askForFile() {
    QFileDialog *dialog = newFileDialog(m_view.window(), m_view.objectName() + QStringLiteral("Dialog"),
                                        tr("Export table"), tr("Tables (*.csv)"), FolderFor::Exports);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(m_fileName + QStringLiteral(".csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &TableExport::saveTo);
    dialog->open();
}

void TableExport::saveTo(const QString &file) {
    try {
        writeFileAtomically(toPath(file), toText(table(), TableFormat::Csv));
        Q_EMIT done(tr("Saved: %1").arg(file), false);
    } catch (const std::exception &error) {
        Q_EMIT done(tr("The table was not saved: %1.").arg(QString::fromStdString(error.what())), true);
    }
}

} // namespace simclr::ui
