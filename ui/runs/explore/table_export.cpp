// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/table_export.h"

#include "core/util/files.h"
#include "ui/text/paths.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QAbstractProxyModel>
#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QTableView>
#include <algorithm>
#include <filesystem>
#include <numeric>
#include <utility>

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

std::vector<std::string> headerOf(const QAbstractItemModel &model) {
    std::vector<std::string> header;
    for (int column = 0; column < model.columnCount(); ++column)
        header.push_back(model.headerData(column, Qt::Horizontal).toString().toStdString());
    return header;
}

/// Rows of the model that a proxy sorts.
std::vector<int> sourceRows(const QAbstractItemModel &model, std::vector<int> rows) {
    if (const auto *proxy = qobject_cast<const QAbstractProxyModel *>(&model))
        for (int &row : rows)
            row = proxy->mapToSource(proxy->index(row, 0)).row();
    return rows;
}

/// Images have to be known only if a file would be replaced.
void requireNoImage(const std::filesystem::path &path,
                    const std::function<DatasetPtr(const std::stop_token &)> &images,
                    const std::stop_token &stop) {
    std::error_code ignored;
    if (!images || !std::filesystem::exists(path, ignored))
        return;
    if (const DatasetPtr dataset = images(stop))
        requireOutsideImages(path, *dataset);
}

} // namespace

TableExport::TableExport(QTableView &view, const QString &fileName, std::function<TableContent()> content)
    : QObject(&view),
      m_view(view),
      m_fileName(fileName),
      m_content(std::move(content)),
      m_menu(new QMenu(&view)) {
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

TableExport::Rows TableExport::rows(const TableContent &content) const {
    const std::vector<int> shown = rowsOf(m_view);
    if (!content.cells)
        return [table = tableOfModel(shown)](const std::stop_token &) { return table; };
    return [header = headerOf(*m_view.model()), rows = sourceRows(*m_view.model(), shown),
            cells = content.cells](const std::stop_token &stop) {
        ValueTable table{header, {}};
        for (std::size_t i = 0; i < rows.size() && !stop.stop_requested(); ++i)
            table.rows.push_back(cells(rows[i]));
        return table;
    };
}

ValueTable TableExport::tableOfModel(const std::vector<int> &rows) const {
    const QAbstractItemModel &model = *m_view.model();
    ValueTable table{headerOf(model), {}};
    for (const int row : rows) {
        std::vector<TableCell> cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.push_back(cellOf(model.index(row, column)));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

void TableExport::copy() {
    struct Copied {
        QString text;
        std::size_t rows = 0;
    };
    m_worker.ask(
        [rows = rows(m_content())](const BackgroundWorker::Task &task) {
            const ValueTable table = rows(task.stop());
            return Copied{QString::fromStdString(toText(table, TableFormat::Tsv)), table.rows.size()};
        },
        [this](const Copied &copied) {
            QGuiApplication::clipboard()->setText(copied.text);
            Q_EMIT done(copied.rows == 1 ? tr("Copied 1 row.")
                                         : tr("Copied %1 rows.").arg(countText(copied.rows)),
                        false);
        });
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
    const TableContent content = m_content();
    m_worker.ask(
        [rows = rows(content), images = content.images,
         path = toPath(file)](const BackgroundWorker::Task &task) -> QString {
            try {
                requireNoImage(path, images, task.stop());
                const ValueTable table = rows(task.stop());
                if (!task.stop().stop_requested())
                    writeFileAtomically(path, toText(table, TableFormat::Csv));
                return {};
            } catch (const std::exception &error) {
                return QString::fromStdString(error.what());
            }
        },
        [this, file](const QString &problem) {
            Q_EMIT done(problem.isEmpty() ? tr("Saved: %1").arg(file)
                                          : tr("The table was not saved: %1.").arg(problem),
                        !problem.isEmpty());
        });
}

} // namespace simclr::ui
