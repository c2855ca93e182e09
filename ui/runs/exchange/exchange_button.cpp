// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/exchange/exchange_button.h"

#include "ui/runs/exchange/import_dialog.h"
#include "ui/text/paths.h"
#include "ui/widgets/file_dialog.h"

#include <QFileDialog>
#include <QMenu>
#include <utility>

namespace simclr::ui {

ExchangeButton::ExchangeButton(RunExports &exports, std::filesystem::path database,
                               std::function<QList<qint64>()> selected, QWidget *parent)
    : QToolButton(parent),
      m_exports(exports),
      m_database(std::move(database)),
      m_selected(std::move(selected)) {
    setObjectName(QStringLiteral("exchangeButton"));
    setText(tr("Import, export"));
    setToolTip(tr("Imports runs of other programs and databases; exports runs, curves and the table"));
    setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("exchangeMenu"));
    menu->setToolTipsVisible(true);
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &ExchangeButton::fill);
    fill();
}

void ExchangeButton::fill() {
    menu()->clear();
    addImports();
    menu()->addSection(tr("Export the selected runs"));
    m_exports.fill(*menu(), m_selected());
    menu()->addSeparator();
    menu()
        ->addAction(tr("Whole table…"), this, [this] { m_exports.askForTable(ExportedRows::Shown); })
        ->setObjectName(QStringLiteral("exportTable"));
}

void ExchangeButton::addImports() {
    const auto add = [this](const char *name, const QString &title, ImportKind kind) {
        menu()->addAction(title, this, [this, kind] { askFor(kind); })->setObjectName(QLatin1String(name));
    };
    menu()->addSection(tr("Import"));
    add("importEvents", tr("TensorBoard event files…"), ImportKind::EventFiles);
    add("importCsv", tr("CSV of W&B or MLflow…").replace(QLatin1Char('&'), QStringLiteral("&&")),
        ImportKind::Csv);
    add("importDatabase", tr("Runs of another database…"), ImportKind::Database);
}

void ExchangeButton::askFor(ImportKind kind) {
    QFileDialog *dialog = newFileDialog(window(), QStringLiteral("importFileDialog"), tr("Import runs"), {},
                                        FolderFor::Exports);
    if (kind == ImportKind::EventFiles) {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setWindowTitle(tr("Folder with TensorBoard event files, at any depth"));
    } else if (kind == ImportKind::Csv) {
        dialog->setFileMode(QFileDialog::ExistingFiles);
        dialog->setNameFilters({tr("CSV files (*.csv)"), tr("All files (*)")});
    } else {
        dialog->setNameFilters({tr("Run databases (*.sqlite *.db)"), tr("All files (*)")});
    }
    connect(dialog, &QFileDialog::filesSelected, this, [this, kind](const QStringList &files) {
        ImportSource source{kind, {}};
        for (const QString &file : files)
            source.paths.push_back(toPath(file));
        import(source);
    });
    dialog->open();
}

void ExchangeButton::import(const ImportSource &source) {
    auto *dialog = new ImportDialog(source, m_database, window());
    connect(dialog, &ImportDialog::imported, this, &ExchangeButton::imported);
    dialog->open();
}

} // namespace simclr::ui
