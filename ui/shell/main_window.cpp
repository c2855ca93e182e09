// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "ui/data/data_page.h"
#include "ui/data/dataset_panel.h"
#include "ui/design/design_page.h"
#include "ui/document/last_pipeline.h"
#include "ui/document/pipeline_autosave.h"
#include "ui/document/pipeline_document.h"
#include "ui/document/pipeline_files.h"
#include "ui/runs/runs_page.h"
#include "ui/shell/help_box.h"
#include "ui/shell/navigation_rail.h"
#include "ui/shell/notifier.h"
#include "ui/shell/page_scroll.h"
#include "ui/shell/run_news.h"
#include "ui/shell/run_strip.h"
#include "ui/shell/window_header.h"
#include "ui/shell/window_settings.h"
#include "ui/text/paths.h"
#include "ui/train/train_form.h"
#include "ui/train/train_page.h"
#include "ui/workspace/changed_images.h"
#include "ui/workspace/compute_queue.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/training_session.h"
#include "ui/workspace/workspace.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <algorithm>

namespace simclr::ui {

MainWindow::MainWindow(const std::filesystem::path &database, const QString &source)
    : m_workspace(new Workspace(database, this)),
      m_document(new PipelineDocument(this)),
      m_files(new PipelineFiles(*m_document, this)),
      m_autosave(new PipelineAutosave(*m_document, database.parent_path() / "unsaved", this)),
      m_last(new LastPipeline(*m_document, this)),
      m_queue(new ComputeQueue(database, m_workspace->images(), this)),
      m_session(new TrainingSession(*m_queue, this)),
      m_rail(new NavigationRail),
      m_header(new WindowHeader(*m_workspace)),
      m_pages(new QStackedWidget) {
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setMinimumSize(820, 460); // a 1080p screen at twice the scale is 960 × 540, minus its panels
    for (const PipelinePreset &preset : pipelinePresets())
        if (preset.id == "simclr-cifar10")
            m_document->loadPreset(preset);
    connectParts();
    makePages();
    assemble();
    restore();
    m_last->reopen();
    restoreJobs();
    openFirst(source);
    setFocus(); // on the window itself, so that no control shows the focus at start
}

MainWindow::~MainWindow() {
    delete m_pages; // they show the queue
    delete m_queue; // its jobs use the workspace's images
}

void MainWindow::makePages() {
    m_runs = new RunsPage(*m_workspace, *m_queue, *m_session);
    m_pages->setObjectName(QStringLiteral("pages"));
    m_data = new DataPage(*m_workspace);
    m_design = new DesignPage(*m_workspace, *m_document, *m_files);
    m_design->offerRecovery(*m_autosave);
    m_autosave->lookForLeft();
    m_train = new TrainPage(*m_workspace, *m_document, *m_queue, *m_session);
    connect(m_train, &TrainPage::pipelineRequested, this,
            [this](const Json &pipeline) { m_files->use(pipeline, tr("the run")); });
    connect(m_runs, &RunsPage::trainAgainRequested, this, &MainWindow::trainAgain);
    for (QWidget *page : std::initializer_list<QWidget *>{m_data, m_design, m_train, m_runs})
        m_pages->addWidget(scrolledPage(page));
    m_rail->addPage(QStringLiteral("railData"), tr("Data"), QStringLiteral("page-data"),
                    tr("See the images, their splits and their duplicates"));
    m_rail->addPage(QStringLiteral("railDesign"), tr("Design"), QStringLiteral("page-design"),
                    tr("Design the augmentations and preview the views"));
    m_rail->addPage(QStringLiteral("railTrain"), tr("Train"), QStringLiteral("page-train"),
                    tr("Train an encoder and follow its metrics"));
    m_rail->addPage(QStringLiteral("railRuns"), tr("Runs"), QStringLiteral("page-runs"),
                    tr("Compare runs and evaluate encoders"));
    connect(m_runs, &RunsPage::trainRequested, this, [this] { showPage(TrainPageIndex); });
    connect(m_runs, &RunsPage::pipelineRequested, this, [this](const Json &pipeline) {
        m_files->use(pipeline, tr("the run"));
        showPage(DesignPageIndex);
    });
    connectData();
}

/// The options of splits are those of the Train page.
void MainWindow::connectData() {
    TrainForm &form = m_train->form();
    m_data->setOptions(form.options());
    connect(&form, &TrainForm::edited, m_data, [this, &form] { m_data->setOptions(form.options()); });
    connect(m_data, &DataPage::optionEdited, &form, &TrainForm::setOption);
    connect(m_data, &DataPage::previewRequested, this, [this](const std::vector<std::uint32_t> &samples) {
        m_design->preview(samples);
        showPage(DesignPageIndex);
    });
}

void MainWindow::assemble() {
    auto *strip = new RunStrip(*m_queue, *m_session);
    connect(&m_workspace->runs(), &RunCatalogue::removed, strip, &RunStrip::forget);
    connect(strip, &RunStrip::trainRequested, this, [this] { showPage(TrainPageIndex); });
    connect(strip, &RunStrip::queueRequested, this, [this] {
        showPage(TrainPageIndex);
        m_train->showQueuedJobs();
    });
    auto *notifier = new Notifier(*m_queue, *m_session, *this);
    connect(notifier, &Notifier::notShown, strip, &RunStrip::showNotice);
    auto *news = new RunNews(m_workspace->runs(), *m_session, this);
    connect(news, &RunNews::interrupted, strip, &RunStrip::showNotice);
    connect(news, &RunNews::trainedElsewhere, strip, &RunStrip::setIdleText);
    connect(strip, &RunStrip::evaluatedRunRequested, this, [this](qint64 run) {
        m_runs->selectRun(run);
        showPage(RunsPageIndex);
    });
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_pages, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addLayout(column, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row, 1);
    layout->addWidget(strip);
    m_panel = new DatasetPanel(*m_workspace, m_header->datasetButton(), this);
    connect(m_header, &WindowHeader::datasetPressed, m_panel, &DatasetPanel::toggle);
}

void MainWindow::connectParts() {
    connect(m_rail, &NavigationRail::pageChosen, this, qOverload<int>(&MainWindow::showPage));
    connect(m_header, &WindowHeader::themeToggled, this, &MainWindow::toggleTheme);
    connect(m_header, &WindowHeader::helpRequested, this, [this] { openHelpBox(this); });
    // The Design page shows the message.
    connect(m_files, &PipelineFiles::failed, this, [this] { showPage(DesignPageIndex); });
    connect(m_last, &LastPipeline::failed, m_files, &PipelineFiles::failed);
    const auto showTitle = [this] {
        const QString name = QString::fromStdString(m_document->pipeline().name);
        setWindowTitle(
            tr("%1[*] – SimCLR Workbench").arg(QString(name).replace(QStringLiteral("[*]"), QString())));
        setWindowModified(m_document->isModified());
    };
    connect(m_document, &PipelineDocument::changed, this, showTitle);
    connect(m_document, &PipelineDocument::modifiedChanged, this, showTitle);
    showTitle();
    const auto closeAtLast = [this] {
        if (m_closing)
            QMetaObject::invokeMethod(this, &MainWindow::closeWithoutJobs, Qt::QueuedConnection);
    };
    connect(m_queue, &ComputeQueue::finished, this, closeAtLast);
    askWhereImagesChanged(*m_queue, *this);
}

void MainWindow::restore() {
    restoreGeometryOf(*this);
    showPage(rememberedPage());
}

/// Opens the given or the last source; if that fails at start, the built-in shapes are opened instead.
void MainWindow::openFirst(const QString &source) {
    const QString shapes = QStringLiteral("shapes");
    const QString recent = m_workspace->recentSources().value(0, shapes);
    connect(m_workspace, &Workspace::openingFailed, m_workspace, [this, shapes](const QString &failed) {
        if (!m_workspace->dataset() && !m_workspace->isOpening() && failed != shapes)
            m_workspace->openSource(shapes);
    });
    m_workspace->openSource(source.isEmpty() ? recent : source);
}

/// When the first images are open, since jobs that wait often use the same.
void MainWindow::restoreJobs() {
    auto *once = new QObject(this);
    const auto restoreNow = [this, once] {
        once->deleteLater();
        m_workspace->disconnect(once);
        m_queue->restore();
    };
    connect(m_workspace, &Workspace::datasetChanged, once, restoreNow);
    connect(m_workspace, &Workspace::openingFailed, once, restoreNow);
}

/// Images, pipeline and options come along; what is trained is what the form says then.
void MainWindow::trainAgain(const RunRecord &run) {
    showPage(TrainPageIndex);
    if (!m_train->prepareLike(run))
        return;
    m_files->use(run.pipeline, tr("the run"));
    const DatasetPtr open = m_workspace->dataset();
    if (!open || open->fingerprint() != run.dataset.fingerprint)
        m_workspace->openSource(QString::fromStdString(run.dataset.source));
}

void MainWindow::showPage(int page) {
    if (page < 0 || page >= m_pages->count())
        return;
    m_rail->setCurrent(page);
    m_pages->setCurrentIndex(page);
}

void MainWindow::showPage(const QString &name) {
    showPage(int(QStringList{QStringLiteral("data"), QStringLiteral("design"), QStringLiteral("train"),
                             QStringLiteral("runs")}
                     .indexOf(name)));
}

void MainWindow::toggleTheme() {
    const ThemeChoice choice = theme::isDark() ? ThemeChoice::Light : ThemeChoice::Dark;
    // A choice that equals the desktop theme follows the desktop again.
    rememberTheme(theme::isDesktopDark() == (choice == ThemeChoice::Dark) ? ThemeChoice::Desktop : choice);
    theme::apply(*qApp, choice);
}

void MainWindow::closeEvent(QCloseEvent *event) {
    if (m_mayClose || (!m_queue->isBusy() && !losesChanges())) {
        rememberGeometryOf(*this);
        rememberPage(m_pages->currentIndex());
        m_last->keep();
        event->accept();
        return;
    }
    event->ignore();
    QMetaObject::invokeMethod(this, &MainWindow::tryToClose, Qt::QueuedConnection);
}

/// A pipeline without a file is restored at the next start, so closing does not lose it.
bool MainWindow::losesChanges() const {
    return m_document->isModified() && !m_document->file().empty();
}

/// First what the user may want to save; after that nothing keeps the jobs from being stopped.
void MainWindow::tryToClose() {
    if (m_closing)
        return;
    if (losesChanges())
        m_files->withoutLosingChanges([this] { closeWithoutJobs(); });
    else
        closeWithoutJobs();
}

void MainWindow::closeWithoutJobs() {
    if (m_queue->isBusy())
        return m_closing ? m_queue->close() : askToStop();
    m_mayClose = true;
    close();
}

QString MainWindow::stopConsequence() const {
    QString text =
        !m_session->isRunning()
            ? tr("It can be stopped now. Finished results are kept, and the job starts again when the "
                 "program is opened again.")
        : m_session->started().totalSteps == 0
            ? tr("It is still being prepared, and starts again when the program is opened again.")
            : tr("It can be stopped after the current batch. The training so far is kept, and the "
                 "run can be resumed later.");
    const auto waiting = std::ranges::count_if(
        m_queue->jobs(), [](const QueuedJob &job) { return !job.isRunning && isKept(job.job); });
    if (waiting == 1)
        text += tr(" The job that waits is kept, and starts when the program is opened again.");
    else if (waiting > 1)
        text +=
            tr(" The %1 jobs that wait are kept, and start when the program is opened again.").arg(waiting);
    return text;
}

void MainWindow::askToStop() {
    if (findChild<QMessageBox *>(QStringLiteral("stopQuestion")))
        return;
    auto *question = new QMessageBox(this);
    question->setObjectName(QStringLiteral("stopQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    const bool trains = m_session->isRunning();
    question->setText(trains ? tr("A run is still training.") : tr("A job is still in progress."));
    question->setInformativeText(stopConsequence());
    QPushButton *stop = question->addButton(tr("Stop and close"), QMessageBox::AcceptRole);
    stop->setObjectName(QStringLiteral("stopAndClose"));
    QPushButton *keep =
        question->addButton(trains ? tr("Keep training") : tr("Keep working"), QMessageBox::RejectRole);
    keep->setObjectName(QStringLiteral("keepTraining"));
    question->setDefaultButton(keep);
    connect(stop, &QPushButton::clicked, this, [this] {
        m_closing = true;
        closeWithoutJobs();
    });
    question->open();
}

void MainWindow::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    if (m_panel)
        m_panel->place();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.front().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event) {
    const QString path = event->mimeData()->urls().value(0).toLocalFile();
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    if (path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive)) {
        showPage(DesignPageIndex);
        m_files->openFile(toPath(path));
    } else {
        m_workspace->openSource(path);
    }
}

} // namespace simclr::ui
