// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/design_page.h"

#include "ui/design/diagnose/diagnostics_panel.h"
#include "ui/design/palette/operation_palette.h"
#include "ui/design/pipeline/export_panel.h"
#include "ui/design/pipeline/pipeline_panel.h"
#include "ui/design/pipeline/recovery_bar.h"
#include "ui/design/preview/preview_panel.h"
#include "ui/widgets/remembered.h"
#include "ui/workspace/workspace.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace simclr::ui {

DesignPage::DesignPage(Workspace &workspace, PipelineDocument &document, PipelineFiles &files,
                       QWidget *parent)
    : QWidget(parent), m_preview(new PreviewPanel(workspace, document)) {
    auto *palette = new OperationPalette;
    palette->setMinimumWidth(190);
    auto *pipeline = new PipelinePanel(document, files);
    pipeline->setMinimumWidth(340);
    auto *preview = m_preview;
    auto *diagnostics = new DiagnosticsPanel(workspace, document);
    auto *sight = new QWidget;
    auto *sightLayout = new QVBoxLayout(sight);
    sightLayout->setContentsMargins(0, 0, 0, 0);
    sightLayout->setSpacing(0);
    sightLayout->addWidget(preview, 1);
    sightLayout->addWidget(diagnostics);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(QStringLiteral("designSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(palette);
    splitter->addWidget(pipeline);
    auto *code = new ExportPanel(document);
    auto *right = new QStackedWidget;
    right->addWidget(sight);
    right->addWidget(code);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 0);
    splitter->setStretchFactor(2, 1);
    splitter->setSizes({236, 380, 654});
    rememberSplitter(*splitter, QStringLiteral("design/splitter"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(splitter, 1);
    diagnostics->setViewSize(preview->viewSize());
    diagnostics->setSeed(preview->seed());
    connect(preview, &PreviewPanel::viewSizeChanged, diagnostics, &DiagnosticsPanel::setViewSize);
    connect(preview, &PreviewPanel::seedChanged, diagnostics, &DiagnosticsPanel::setSeed);
    code->setViewSize(preview->viewSize());
    connect(preview, &PreviewPanel::viewSizeChanged, code, &ExportPanel::setViewSize);
    connect(pipeline, &PipelinePanel::exportToggled, right,
            [right](bool shown) { right->setCurrentIndex(shown ? 1 : 0); });
    connect(code, &ExportPanel::closed, pipeline, &PipelinePanel::closeExport);
    connect(preview, &PreviewPanel::imageChosen, palette, &OperationPalette::setImage);
    connect(preview, &PreviewPanel::sampleChosen, diagnostics, &DiagnosticsPanel::setSample);
    connect(palette, &OperationPalette::operationChosen, pipeline, &PipelinePanel::addOperation);
}

DesignPage::~DesignPage() = default;

void DesignPage::preview(const std::vector<std::uint32_t> &samples) {
    m_preview->showSamples(samples);
}

void DesignPage::offerRecovery(PipelineAutosave &autosave) {
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, new RecoveryBar(autosave));
}

} // namespace simclr::ui
