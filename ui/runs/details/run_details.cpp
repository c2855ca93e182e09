// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details/run_details.h"

#include "ui/runs/details/encoder_exporter.h"
#include "ui/runs/details/run_details_model.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_labels.h"
#include "ui/workspace/run_resumer.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QTreeView>

namespace simclr::ui {

RunDetails::RunDetails(QWidget *parent)
    : QWidget(parent),
      m_model(new RunDetailsModel(this)),
      m_title(new ElidedLabel({}, this)),
      m_view(new QTreeView(this)),
      m_resume(new QPushButton(tr("Resume"), this)),
      m_continue(new QPushButton(tr("Continue…"), this)),
      m_usePipeline(new QPushButton(tr("Use this pipeline"), this)),
      m_export(new QPushButton(tr("Export encoder…"), this)),
      m_copy(new QPushButton(tr("Copy as JSON"), this)),
      m_message(new InlineMessage(this)),
      m_exporter(new EncoderExporter(this)) {
    m_resume->setObjectName(QStringLiteral("resumeRun"));
    m_resume->setToolTip(tr("Resumes this run from its last checkpoint"));
    m_continue->setObjectName(QStringLiteral("continueRun"));
    m_continue->setToolTip(
        tr("Starts a new run from the last checkpoint of this one, with more epochs or other options"));
    m_usePipeline->setObjectName(QStringLiteral("usePipeline"));
    m_usePipeline->setToolTip(tr("Opens the pipeline of this run in Design"));
    m_export->setObjectName(QStringLiteral("exportEncoder"));
    m_export->setToolTip(tr("Writes the encoder of the last checkpoint for PyTorch, ONNX or safetensors"));
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
    for (QPushButton *button : {m_resume, m_continue, m_usePipeline, m_export, m_copy})
        buttons->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(buttons);
    layout->addWidget(m_message);
    layout->addWidget(m_view, 1);
    connect(m_resume, &QPushButton::clicked, this, [this] { Q_EMIT resumeRequested(m_run->id); });
    connect(m_continue, &QPushButton::clicked, this, [this] { Q_EMIT continueRequested(m_run->id); });
    connect(m_usePipeline, &QPushButton::clicked, this,
            [this] { Q_EMIT pipelineRequested(m_run->pipeline); });
    connect(m_copy, &QPushButton::clicked, this, &RunDetails::copyJson);
    connectExport();
    setRun(std::nullopt);
}

void RunDetails::connectExport() {
    connect(m_export, &QPushButton::clicked, this, [this] { m_exporter->ask(*m_run); });
    connect(m_exporter, &EncoderExporter::workingChanged, this, &RunDetails::updateButtons);
    connect(m_exporter, &EncoderExporter::exported, this,
            [this](const QString &message, const QString &python) {
                m_python = python;
                m_message->showText(InlineMessage::Tone::Done, message, tr("Copy Python"));
            });
    connect(m_exporter, &EncoderExporter::failed, this,
            [this](const QString &reason) { m_message->showText(InlineMessage::Tone::Error, reason); });
    connect(m_message, &InlineMessage::actionRequested, this,
            [this] { QGuiApplication::clipboard()->setText(m_python); });
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

void RunDetails::setBusy(bool busy) {
    m_busy = busy;
    updateButtons();
}

void RunDetails::updateButtons() {
    m_resume->setVisible(m_run && isResumable(*m_run));
    m_resume->setEnabled(!m_busy);
    m_continue->setVisible(m_run && isContinuable(*m_run));
    m_continue->setEnabled(!m_busy);
    m_usePipeline->setVisible(m_run.has_value());
    m_export->setVisible(m_run && !m_run->artifacts.empty());
    m_export->setEnabled(!m_exporter->isWorking());
    m_copy->setVisible(m_run.has_value());
}

void RunDetails::copyJson() const {
    QGuiApplication::clipboard()->setText(QString::fromStdString(toText(toJson(*m_run, false))));
}

} // namespace simclr::ui
