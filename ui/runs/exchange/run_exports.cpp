// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/exchange/run_exports.h"

#include "core/exchange/curves_csv.h"
#include "core/exchange/event_export.h"
#include "core/report/run_report.h"
#include "core/train/train_options.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "ui/text/paths.h"
#include "ui/text/run_text.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/plain_text.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/workspace.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QUrl>
#include <array>
#include <utility>
#include <vector>

namespace simclr::ui {

namespace {

struct FileFormat {
    const char *suffix;
    TableFormat format;
    ColumnNames names;
};

constexpr std::array tableFormats{FileFormat{"csv", TableFormat::Csv, ColumnNames::Fields},
                                  FileFormat{"md", TableFormat::Markdown, ColumnNames::Titles},
                                  FileFormat{"tex", TableFormat::Latex, ColumnNames::Titles},
                                  FileFormat{"json", TableFormat::JsonList, ColumnNames::Fields}};

/// By the ending of the name; CSV for another one.
const FileFormat &formatOf(const QString &file) {
    for (const FileFormat &format : tableFormats)
        if (QFileInfo(file).suffix().compare(QLatin1String(format.suffix), Qt::CaseInsensitive) == 0)
            return format;
    return tableFormats.front();
}

std::vector<RunId> idsOf(const QList<qint64> &runs) {
    return {runs.begin(), runs.end()};
}

QString suggestedName(const QList<qint64> &runs, const RunCatalogue &catalogue) {
    const RunPtr run = runs.size() == 1 ? catalogue.run(runs.front()) : nullptr;
    if (run == nullptr)
        return QStringLiteral("comparison");
    return runTitle(*run).replace(QLatin1Char('/'), QLatin1Char('-'));
}

/// Views of the images that are open in the window, or of what their source contains now.
OpenImages openerOf(DatasetCache &images, const std::stop_token &stop) {
    return [&images, stop](const DatasetRecord &record) {
        OpenOptions options;
        options.stop = stop;
        return images.open(record.source, record.fingerprint, options);
    };
}

} // namespace

RunExports::RunExports(Workspace &workspace, InlineMessage &message, RowsOf rows, QWidget &window)
    : QObject(&window),
      m_workspace(workspace),
      m_message(message),
      m_rows(std::move(rows)),
      m_window(window) {
    connect(&m_message, &InlineMessage::actionRequested, this, [this] {
        if (!m_worker.isWorking()) {
            QDesktopServices::openUrl(QUrl::fromLocalFile(m_written));
            return;
        }
        m_worker.cancel();
        m_message.showText(InlineMessage::Tone::Warning, tr("The export was cancelled."));
    });
}

RunExports::~RunExports() = default;

void RunExports::fill(QMenu &menu, const QList<qint64> &runs) {
    const auto add = [&](const char *name, const QString &title, const QString &help,
                         void (RunExports::*ask)(const QList<qint64> &)) {
        QAction *action = menu.addAction(title, this, [this, runs, ask] { (this->*ask)(runs); });
        action->setObjectName(QLatin1String(name));
        action->setToolTip(plainToolTip(help));
        action->setEnabled(!runs.isEmpty());
    };
    add("exportPage", tr("Page with results and curves (HTML)…"),
        tr("Results, tests, curves, pipelines and configuration in one file that prints well"),
        &RunExports::askForPage);
    add("exportCurves", tr("Curves (CSV)…"), tr("Every point of every metric"), &RunExports::askForCurves);
    add("exportEvents", tr("TensorBoard event files…"), tr("A folder for each run, for TensorBoard"),
        &RunExports::askForEvents);
    QAction *rows = menu.addAction(tr("Selected rows of the table…"), this,
                                   [this] { askForTable(ExportedRows::Selected); });
    rows->setObjectName(QStringLiteral("exportRows"));
    rows->setEnabled(!runs.isEmpty());
}

// ---- what is asked for

QFileDialog *RunExports::saveDialog(const QString &objectName, const QString &title,
                                    const QStringList &filters, const QString &suggested) {
    QFileDialog *dialog = newFileDialog(&m_window, objectName, title, {}, FolderFor::Exports);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(QFileInfo(suggested).suffix());
    dialog->selectFile(suggested);
    return dialog;
}

void RunExports::askForPage(const QList<qint64> &runs) {
    QFileDialog *dialog =
        saveDialog(QStringLiteral("pageDialog"), tr("Export a page"), {tr("HTML page (*.html)")},
                   suggestedName(runs, m_workspace.runs()) + QStringLiteral(".html"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, runs](const QString &file) {
        start(file, [ids = idsOf(runs), database = m_workspace.database(), &images = m_workspace.images()](
                        const std::filesystem::path &path, const std::stop_token &stop) {
            const RunStore store(database, RunStore::Access::ReadOnly);
            writeRunReport(
                store, ids, path,
                {.schema = trainOptionsDescription().schema(), .open = openerOf(images, stop), .stop = stop});
            return tr("The page was written to %1").arg(toQString(path));
        });
    });
    dialog->open();
}

void RunExports::askForCurves(const QList<qint64> &runs) {
    QFileDialog *dialog = saveDialog(QStringLiteral("curvesDialog"), tr("Export curves"), {tr("CSV (*.csv)")},
                                     suggestedName(runs, m_workspace.runs()) + QStringLiteral(".csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, runs](const QString &file) {
        start(file, [ids = idsOf(runs), database = m_workspace.database()](const std::filesystem::path &path,
                                                                           const std::stop_token &stop) {
            const RunStore store(database, RunStore::Access::ReadOnly);
            const auto points = exportCurvesCsv(store, ids, path, stop);
            return tr("Curves were written to %1 (points: %2)").arg(toQString(path), countText(points));
        });
    });
    dialog->open();
}

void RunExports::askForEvents(const QList<qint64> &runs) {
    QFileDialog *dialog = newFileDialog(&m_window, QStringLiteral("eventsDialog"),
                                        tr("Folder for TensorBoard event files"), {}, FolderFor::Exports);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this, runs](const QString &folder) {
        start(folder, [ids = idsOf(runs), database = m_workspace.database()](
                          const std::filesystem::path &path, const std::stop_token &stop) {
            const RunStore store(database, RunStore::Access::ReadOnly);
            const auto files = exportEvents(store, ids, path, stop);
            return tr("Event files were written to %1 (runs: %2)")
                .arg(toQString(path), countText(files.size()));
        });
    });
    dialog->open();
}

void RunExports::askForTable(ExportedRows rows) {
    QFileDialog *dialog = saveDialog(QStringLiteral("tableDialog"), tr("Export the table of runs"),
                                     {tr("CSV, numbers in full (*.csv)"), tr("Markdown (*.md)"),
                                      tr("LaTeX (*.tex)"), tr("JSON, numbers in full (*.json)")},
                                     QStringLiteral("runs.csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        for (const FileFormat &format : tableFormats)
            if (filter.contains(QLatin1String("*.") + QLatin1String(format.suffix) + QLatin1Char(')'))) {
                dialog->setDefaultSuffix(QLatin1String(format.suffix));
                dialog->selectFile(QFileInfo(dialog->selectedFiles().value(0)).completeBaseName() +
                                   QLatin1Char('.') + QLatin1String(format.suffix));
            }
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, rows](const QString &file) {
        const FileFormat &format = formatOf(file);
        start(file, [shown = m_rows(rows), &format](const std::filesystem::path &path,
                                                    const std::stop_token &stop) {
            const ValueTable table = tableValues(shown, format.names, stop);
            if (stop.stop_requested())
                return QString();
            writeFileAtomically(path, toText(table, format.format));
            return tr("The table was written to %1 (rows: %2)")
                .arg(toQString(path), countText(table.rows.size()));
        });
    });
    dialog->open();
}

// ---- the export itself

void RunExports::start(const QString &file, Write write) {
    struct Outcome {
        QString done;
        QString problem;
    };
    m_message.showText(InlineMessage::Tone::Done, tr("Writing %1 …").arg(file), tr("Cancel"));
    m_worker.ask(
        [path = toPath(file), write = std::move(write)](const BackgroundWorker::Task &task) {
            try {
                return Outcome{write(path, task.stop()), {}};
            } catch (const std::exception &error) {
                return Outcome{{}, sentenceText(error)};
            }
        },
        [this, file](const Outcome &outcome) { finished(file, outcome.done, outcome.problem); });
}

void RunExports::finished(const QString &file, const QString &done, const QString &problem) {
    m_written = file;
    if (problem.isEmpty())
        m_message.showText(InlineMessage::Tone::Done, done, m_worker.isWorking() ? tr("Cancel") : tr("Open"));
    else
        m_message.showText(InlineMessage::Tone::Error, problem);
}

} // namespace simclr::ui
