// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/exchange/import_dialog.h"

#include "core/util/error.h"
#include "ui/runs/exchange/found_runs_model.h"
#include "ui/text/paths.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

/// A value, or the reason why there is none.
template <typename Value>
struct Answer {
    Value value;
    QString problem;
};

template <typename Ask>
auto answerOf(Ask ask) {
    Answer<decltype(ask())> answer;
    try {
        answer.value = ask();
    } catch (const std::exception &error) {
        answer.problem = sentenceText(error);
    }
    return answer;
}

std::ptrdiff_t countOf(const ImportReport &report, ImportOutcome::Kind kind) {
    return std::ranges::count(report.runs, kind, &ImportOutcome::kind);
}

} // namespace

ImportDialog::ImportDialog(ImportSource source, std::filesystem::path database, QWidget *parent)
    : QDialog(parent),
      m_source(std::move(source)),
      m_database(std::move(database)),
      m_model(new FoundRunsModel(this)),
      m_table(new QTableView),
      m_status(plainLabel()),
      m_progress(new QProgressBar),
      m_metricsTitle(plainLabel(tr("Columns that are metrics; all others become options"))),
      m_metrics(new QListWidget),
      m_withFiles(new QCheckBox(tr("Copy checkpoints too"))),
      m_problems(new QPlainTextEdit),
      m_import(new QPushButton(tr("Import"))),
      m_close(new QPushButton(tr("Cancel"))) {
    setObjectName(QStringLiteral("importDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Import runs"));
    buildTable();
    buildLayout();
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::startImport);
    connect(m_close, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(m_model, &FoundRunsModel::choiceChanged, this,
            [this] { m_import->setEnabled(m_state == State::Choosing && !m_model->chosen().empty()); });
    resize(720, 480);
    look();
}

ImportDialog::~ImportDialog() = default;

void ImportDialog::buildTable() {
    m_table->setObjectName(QStringLiteral("foundRuns"));
    m_table->setAccessibleName(tr("Runs to import"));
    m_table->setModel(m_model);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(FoundRunsModel::Name, QHeaderView::Stretch);
    m_table->setColumnWidth(FoundRunsModel::Source, fontMetrics().averageCharWidth() * 24);
    m_table->setColumnWidth(FoundRunsModel::Import, fontMetrics().averageCharWidth() * 36);
}

void ImportDialog::buildLayout() {
    m_status->setObjectName(QStringLiteral("importStatus"));
    m_status->setWordWrap(true);
    m_progress->setObjectName(QStringLiteral("importProgress"));
    m_progress->setTextVisible(false);
    m_metrics->setObjectName(QStringLiteral("metricColumns"));
    m_metrics->setAccessibleName(tr("Columns that are metrics"));
    m_metrics->setToolTip(tr("The file does not state which columns are options and which are metrics"));
    m_withFiles->setObjectName(QStringLiteral("withFiles"));
    m_withFiles->setChecked(true);
    m_withFiles->setToolTip(tr("Without them runs can be compared, but not evaluated or resumed"));
    m_problems->setObjectName(QStringLiteral("importProblems"));
    m_problems->setAccessibleName(tr("What was left out"));
    m_problems->setReadOnly(true);
    m_problems->setMaximumHeight(fontMetrics().lineSpacing() * 6);
    m_import->setObjectName(QStringLiteral("importButton"));
    m_import->setDefault(true);
    m_close->setObjectName(QStringLiteral("closeImport"));
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_import, QDialogButtonBox::ActionRole);
    buttons->addButton(m_close, QDialogButtonBox::RejectRole);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addWidget(new ElidedLabel(sourceText()));
    column->addWidget(m_table, 1);
    for (QWidget *each : {static_cast<QWidget *>(m_metricsTitle), static_cast<QWidget *>(m_metrics),
                          static_cast<QWidget *>(m_withFiles), static_cast<QWidget *>(m_problems)}) {
        column->addWidget(each);
        each->hide();
    }
    m_metrics->setMaximumHeight(fontMetrics().lineSpacing() * 7);
    column->addWidget(m_status);
    column->addWidget(m_progress);
    column->addWidget(buttons);
}

QString ImportDialog::sourceText() const {
    const QString first = toQString(m_source.paths.front());
    switch (m_source.kind) {
    case ImportKind::EventFiles:
        return tr("TensorBoard event files in %1").arg(first);
    case ImportKind::Csv:
        return m_source.paths.size() == 1
                   ? first
                   : tr("%Ln CSV files", nullptr, static_cast<int>(m_source.paths.size()));
    case ImportKind::Database:
        break;
    }
    return tr("Runs of the database %1").arg(first);
}

// ---- looking

void ImportDialog::look() {
    setState(State::Looking);
    m_worker.ask(
        [source = m_source, database = m_database](const BackgroundWorker::Task &task) {
            return answerOf([&] { return previewImport(source, database, task.stop()); });
        },
        [this](const Answer<ImportPreview> &answer) {
            if (answer.problem.isEmpty())
                showPreview(answer.value);
            else
                fail(answer.problem);
        });
}

void ImportDialog::showPreview(const ImportPreview &preview) {
    m_found = preview.runs.size();
    if (preview.runs.empty())
        return fail(tr("There is no run to import."));
    setState(State::Choosing);
    m_model->setFound(preview.runs, m_source.kind);
    for (const std::string &column : preview.undecided) {
        auto *item = new QListWidgetItem(QString::fromStdString(column), m_metrics);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    m_metrics->setVisible(!preview.undecided.empty());
    m_metricsTitle->setVisible(!preview.undecided.empty());
    m_withFiles->setVisible(m_source.kind == ImportKind::Database);
    QStringList problems;
    for (const std::string &problem : preview.problems)
        problems.append(QString::fromStdString(problem));
    setProblems(problems);
    const auto known =
        std::ranges::count_if(preview.runs, [](const FoundRun &run) { return run.known.has_value(); });
    m_status->setText(tr("Runs found: %1, known: %2. Of known runs, only what is new is added.")
                          .arg(countText(m_found), countText(known)));
}

// ---- importing

ImportChoice ImportDialog::choice() const {
    ImportChoice choice;
    choice.runs.withFiles = m_withFiles->isChecked();
    if (m_source.kind == ImportKind::Database && !m_model->areAllChosen())
        choice.runs.runs = m_model->chosen();
    for (int row = 0; row < m_metrics->count(); ++row)
        if (m_metrics->item(row)->checkState() == Qt::Checked)
            choice.metrics.push_back(m_metrics->item(row)->text().toStdString());
    return choice;
}

void ImportDialog::startImport() {
    const ImportChoice wanted = choice();
    const auto total = m_model->chosen().size();
    setState(State::Importing);
    m_progress->setRange(0, m_source.kind == ImportKind::Csv ? 0 : static_cast<int>(total));
    m_worker.ask(
        [this, source = m_source, database = m_database, wanted](const BackgroundWorker::Task &task) {
            int done = 0;
            const auto told = [&](const ImportOutcome &outcome) {
                task.post([this, count = ++done, name = QString::fromStdString(outcome.name)] {
                    m_progress->setValue(count);
                    m_status->setText(tr("Imported: %1").arg(name));
                });
            };
            return answerOf([&] { return importFrom(source, database, wanted, task.stop(), told); });
        },
        [this](const Answer<ImportReport> &answer) {
            if (answer.problem.isEmpty())
                showReport(answer.value);
            else
                fail(answer.problem);
            Q_EMIT imported(); // also what was imported before a failure
        });
}

void ImportDialog::showReport(const ImportReport &report) {
    setState(State::Done);
    m_model->setDone(report.runs);
    QStringList problems;
    for (const std::string &problem : report.problems)
        problems.append(QString::fromStdString(problem));
    for (const ImportOutcome &run : report.runs)
        for (const std::string &problem : run.problems)
            problems.append(tr("Run %1: %2").arg(QString::number(run.run), QString::fromStdString(problem)));
    setProblems(problems);
    m_status->setText(tr("Added: %1. Updated: %2. Known and unchanged: %3.")
                          .arg(countText(countOf(report, ImportOutcome::Kind::Added)),
                               countText(countOf(report, ImportOutcome::Kind::Updated)),
                               countText(countOf(report, ImportOutcome::Kind::Known))));
}

void ImportDialog::fail(const QString &problem) {
    setState(State::Done);
    m_status->setText(problem);
}

void ImportDialog::setProblems(const QStringList &problems) {
    m_problems->setPlainText(problems.join(QLatin1Char('\n')));
    m_problems->setVisible(!problems.isEmpty());
}

void ImportDialog::setState(State state) {
    m_state = state;
    const bool isWorking = state == State::Looking || state == State::Importing;
    m_progress->setVisible(isWorking);
    m_progress->setRange(0, 0);
    m_import->setVisible(state != State::Done);
    m_import->setEnabled(state == State::Choosing);
    m_close->setText(state == State::Done ? tr("Close") : tr("Cancel"));
    for (QWidget *each : {static_cast<QWidget *>(m_metrics), static_cast<QWidget *>(m_withFiles)})
        each->setEnabled(state == State::Choosing);
    if (state == State::Looking)
        m_status->setText(tr("Looking for runs …"));
    if (state == State::Importing)
        m_status->setText(tr("Importing …"));
}

/// The first Cancel stops an import, and shows what it has left; the next one closes.
void ImportDialog::reject() {
    if (m_state != State::Importing) {
        m_worker.cancel();
        return QDialog::reject();
    }
    m_worker.cancel();
    fail(tr("The import was cancelled. Runs that were imported before remain."));
    Q_EMIT imported();
}

} // namespace simclr::ui
