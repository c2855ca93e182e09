// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details/run_details.h"

#include "ui/runs/details/export_dialogs.h"
#include "ui/runs/details/run_details_model.h"
#include "ui/text/job_text.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_labels.h"
#include "ui/workspace/option_settings.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QTreeView>

namespace simclr::ui {

RunDetails::RunDetails(ComputeQueue &queue, QWidget *parent)
    : QWidget(parent),
      m_queue(queue),
      m_model(new RunDetailsModel(this)),
      m_title(new ElidedLabel({}, this)),
      m_view(new QTreeView(this)),
      m_resume(new QPushButton(tr("Resume"), this)),
      m_continue(new QPushButton(tr("Continue…"), this)),
      m_again(new QPushButton(tr("Train again…"), this)),
      m_usePipeline(new QPushButton(tr("Use this pipeline"), this)),
      m_export(new QPushButton(tr("Export encoder…"), this)),
      m_features(new QPushButton(tr("Export features…"), this)),
      m_copy(new QPushButton(tr("Copy as JSON"), this)),
      m_message(new InlineMessage(this)) {
    m_resume->setObjectName(QStringLiteral("resumeRun"));
    m_resume->setToolTip(tr("Resumes this run from its last checkpoint"));
    m_continue->setObjectName(QStringLiteral("continueRun"));
    m_continue->setToolTip(
        tr("Starts a new run from the last checkpoint of this one, with more epochs or other options"));
    m_again->setObjectName(QStringLiteral("trainAgain"));
    m_again->setToolTip(
        tr("Opens images, pipeline and options of this run in Train, to change them and to start a new run"));
    m_usePipeline->setObjectName(QStringLiteral("usePipeline"));
    m_usePipeline->setToolTip(tr("Opens the pipeline of this run in Design"));
    m_export->setObjectName(QStringLiteral("exportEncoder"));
    m_export->setToolTip(tr("Writes the encoder of the last checkpoint for PyTorch, ONNX or safetensors"));
    m_features->setObjectName(QStringLiteral("exportFeatures"));
    m_features->setToolTip(tr("Computes the features h of all images of this run, and writes them as a NumPy "
                              "array, with paths and labels beside it"));
    m_copy->setObjectName(QStringLiteral("copyJson"));
    m_copy->setToolTip(tr("Copies all data of this run, as the command line prints it"));
    m_view->setObjectName(QStringLiteral("runDetails"));
    m_view->setAccessibleName(tr("Details of the run"));
    m_view->setModel(m_model);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setHeaderHidden(true);
    m_view->setRootIsDecorated(false);
    m_view->setIndentation(14);
    m_view->setTextElideMode(Qt::ElideMiddle);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_title, 1);
    for (QPushButton *button : {m_resume, m_continue, m_again, m_usePipeline, m_export, m_features, m_copy})
        buttons->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(buttons);
    layout->addWidget(m_message);
    layout->addWidget(m_view, 1);
    connectActions();
    setRun(std::nullopt);
}

void RunDetails::connectActions() {
    connect(m_resume, &QPushButton::clicked, this, [this] {
        submit(ResumeJob{m_run->id, {}, rememberedRules()});
    });
    connect(m_continue, &QPushButton::clicked, this, [this] { Q_EMIT continueRequested(m_run->id); });
    connect(m_again, &QPushButton::clicked, this, [this] { Q_EMIT trainAgainRequested(*m_run); });
    connect(m_usePipeline, &QPushButton::clicked, this,
            [this] { Q_EMIT pipelineRequested(m_run->pipeline); });
    connect(m_export, &QPushButton::clicked, this,
            [this] { askForEncoderFile(*this, *m_run, [this](const ExportJob &job) { submit(job); }); });
    connect(m_features, &QPushButton::clicked, this,
            [this] { askForFeaturesFile(*this, *m_run, [this](const EmbedJob &job) { submit(job); }); });
    connect(m_copy, &QPushButton::clicked, this, &RunDetails::copyJson);
    connect(m_message, &InlineMessage::actionRequested, this,
            [this] { QGuiApplication::clipboard()->setText(m_python); });
    connect(&m_queue, &ComputeQueue::changed, this, &RunDetails::updateButtons);
    connect(&m_queue, &ComputeQueue::started, this, [this](const QueuedJob &job) {
        if (m_run && runOf(job.job) == m_run->id)
            m_message->clear(); // it said that the job is in the queue
    });
    connect(&m_queue, &ComputeQueue::finished, this, &RunDetails::showOutcome);
}

void RunDetails::submit(const Job &job) {
    m_message->clear();
    m_queue.submit(job);
    if (needsDevice(job) && m_queue.computing() != nullptr)
        m_message->showText(InlineMessage::Tone::Done, tr("%1: in the queue.").arg(jobTitle(job)));
}

/// Of this run. Trainings and evaluations that succeed are shown elsewhere.
void RunDetails::showOutcome(const QueuedJob &job, const JobOutcome &outcome) {
    if (!m_run || runOf(job.job) != m_run->id || std::holds_alternative<EvaluateJob>(job.job))
        return;
    m_message->clear();
    if (!job.isRunning)
        return; // it was removed from the queue
    if (outcome.end == JobEnd::Failed)
        return m_message->showText(InlineMessage::Tone::Error, outcomeText(job.job, outcome));
    if (isTraining(job.job))
        return;
    const auto *exported = std::get_if<ExportedEncoder>(&outcome.product);
    m_python = exported != nullptr ? QString::fromStdString(exported->python) : QString();
    m_message->showText(InlineMessage::Tone::Done, outcomeText(job.job, outcome),
                        m_python.isEmpty() ? QString() : tr("Copy Python"));
}

void RunDetails::setRun(const std::optional<RunRecord> &run) {
    const bool isOther = !run || !m_run || run->id != m_run->id;
    const int place = isOther ? 0 : m_view->verticalScrollBar()->value();
    if (isOther)
        m_message->clear();
    m_run = run;
    m_view->setVisible(run.has_value());
    if (run) {
        if (m_model->setRun(*run)) {
            m_view->expandAll();
            m_view->setColumnWidth(0, 240);
        }
        m_view->verticalScrollBar()->setValue(place);
        m_title->setText(QString::fromStdString(run->name));
    } else {
        m_title->setText(tr("Select one run above to see its details."));
    }
    updateButtons();
}

void RunDetails::updateButtons() {
    const RunId run = m_run ? m_run->id : 0;
    m_resume->setVisible(m_run && isResumable(*m_run));
    m_resume->setEnabled(m_queue.jobOf<ResumeJob>(run) == nullptr);
    m_continue->setVisible(m_run && isContinuable(*m_run));
    m_again->setVisible(m_run && m_run->totalEpochs > 0); // not for imported weights
    m_usePipeline->setVisible(m_run.has_value());
    m_export->setVisible(m_run && !m_run->artifacts.empty());
    m_export->setEnabled(m_queue.jobOf<ExportJob>(run) == nullptr);
    m_features->setVisible(m_run && !m_run->artifacts.empty());
    m_features->setEnabled(m_queue.jobOf<EmbedJob>(run) == nullptr);
    m_copy->setVisible(m_run.has_value());
}

void RunDetails::copyJson() const {
    QGuiApplication::clipboard()->setText(QString::fromStdString(toText(toJson(*m_run, false))));
}

} // namespace simclr::ui
