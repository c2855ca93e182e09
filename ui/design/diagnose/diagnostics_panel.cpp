// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/diagnose/diagnostics_panel.h"

#include "ui/design/diagnose/diagnostics_figures.h"
#include "ui/design/diagnose/diagnostics_histogram.h"
#include "ui/design/diagnose/pipeline_findings.h"
#include "ui/document/pipeline_document.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/workspace/workspace.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QSettings>
#include <QTimer>
#include <QToolButton>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int quietMilliseconds = 250; ///< without a change before a measurement starts
constexpr int wideEnough = 840;        ///< pixels, enough for three columns
constexpr int figuresWidth = 276;
constexpr int spareHeight = 16;

QString foldedKey() {
    return QStringLiteral("metersFolded");
}

int smallestSideOf(const DatasetPtr &dataset) {
    return dataset ? std::min(dataset->report().smallest.width, dataset->report().smallest.height) : 0;
}

} // namespace

DiagnosticsPanel::DiagnosticsPanel(Workspace &workspace, PipelineDocument &document, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_worker(new DiagnosticsWorker(this)),
      m_document(document),
      m_wait(new QTimer(this)),
      m_fold(new QToolButton),
      m_status(new ElidedLabel),
      m_message(new InlineMessage),
      m_figures(new DiagnosticsFigures),
      m_histogram(new DiagnosticsHistogram),
      m_caption(new ElidedLabel),
      m_recipe(new PipelineFindings(document)),
      m_right(new QBoxLayout(QBoxLayout::TopToBottom)),
      m_body(makeBody()) {
    m_message->setObjectName(QStringLiteral("diagnosticsMessage"));
    m_wait->setSingleShot(true);
    m_wait->setInterval(quietMilliseconds);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 4, 14, 8);
    layout->setSpacing(4);
    layout->addWidget(makeHeader());
    layout->addWidget(m_message);
    layout->addWidget(m_body, 1);
    connect(m_wait, &QTimer::timeout, this, &DiagnosticsPanel::ask);
    connect(m_worker, &DiagnosticsWorker::measured, this, &DiagnosticsPanel::showAnswer);
    connect(&document, &PipelineDocument::changed, this, &DiagnosticsPanel::outdate);
    connect(&workspace, &Workspace::datasetChanged, this, &DiagnosticsPanel::startOver);
    setFolded(QSettings().value(foldedKey(), false).toBool());
    startOver();
}

QWidget *DiagnosticsPanel::makeHeader() {
    m_fold->setObjectName(QStringLiteral("foldDiagnostics"));
    m_fold->setAutoRaise(true);
    m_fold->setText(tr("Diagnostics and recipe"));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setToolTip(tr("Show or hide measurements of the views, made before any training"));
    m_fold->setAccessibleName(m_fold->toolTip());
    m_fold->setFocusPolicy(Qt::TabFocus);
    connect(m_fold, &QToolButton::clicked, this, [this] { setFolded(!m_isFolded); });
    m_status->setObjectName(QStringLiteral("diagnosticsStatus"));
    m_status->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_status->setMuted(true);
    auto *header = new QWidget;
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_fold);
    layout->addWidget(m_status, 1);
    return header;
}

QWidget *DiagnosticsPanel::makeHistogram() {
    const QString meaning = tr(
        "Levels 0…255 of one image, over red, green and blue: the grey area is the image, each line one of 8 "
        "of its views. Where the lines coincide, colour alone identifies the pair (Fig. 6). Overlap: "
        "Σ min(a, b) of two views, mean over all pairs.");
    m_histogram->setObjectName(QStringLiteral("diagnosticsHistogram"));
    m_histogram->setAccessibleName(tr("Level histograms of the views of one image"));
    m_histogram->setToolTip(plainToolTip(meaning));
    m_caption->setObjectName(QStringLiteral("diagnosticsCaption"));
    m_caption->setText(tr("Levels of an image and its views"));
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_caption);
    layout->addWidget(m_histogram, 1);
    return box;
}

QWidget *DiagnosticsPanel::makeBody() {
    m_recipe->setObjectName(QStringLiteral("diagnosticsRecipe"));
    auto *scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Recipe check"));
    scroll->setWidget(m_recipe);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumHeight(60);
    scroll->viewport()->setAutoFillBackground(false);
    m_recipe->setAutoFillBackground(false);
    m_figures->setFixedWidth(figuresWidth);
    auto *body = new QWidget;
    body->setMaximumHeight(m_figures->sizeHint().height() + spareHeight); // the preview gets the rest
    auto *layout = new QHBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(18);
    layout->addWidget(m_figures, 0, Qt::AlignTop);
    m_right->setSpacing(8);
    m_right->addWidget(makeHistogram(), 2);
    m_right->addWidget(scroll, 3);
    layout->addLayout(m_right, 1);
    return body;
}

void DiagnosticsPanel::setFolded(bool folded) {
    m_isFolded = folded;
    m_fold->setArrowType(folded ? Qt::RightArrow : Qt::DownArrow);
    m_body->setVisible(!folded);
    setSizePolicy(QSizePolicy::Preferred, folded ? QSizePolicy::Maximum : QSizePolicy::Preferred);
    QSettings().setValue(foldedKey(), folded);
    if (m_isOld)
        outdate();
}

void DiagnosticsPanel::setViewSize(int side) {
    if (std::exchange(m_viewSize, side) == side)
        return;
    updateSizes();
    outdate();
}

void DiagnosticsPanel::setSeed(quint64 seed) {
    if (std::exchange(m_seed, seed) != seed)
        outdate();
}

void DiagnosticsPanel::setSample(quint32 sample) {
    const DatasetPtr dataset = m_workspace.dataset();
    if (dataset && sample < dataset->size() && std::exchange(m_sample, sample) != sample)
        outdate();
}

/// For other images: which of them the histograms show follows once the preview shows them.
void DiagnosticsPanel::startOver() {
    updateSizes();
    m_sample = 0;
    outdate();
}

void DiagnosticsPanel::updateSizes() {
    const DatasetPtr dataset = m_workspace.dataset();
    m_recipe->setSizes(m_viewSize, smallestSideOf(dataset), dataset ? dataset->report().usualSide : 0);
}

void DiagnosticsPanel::outdate() {
    m_worker->cancel();
    setOld(true);
    const QString underWay = m_isFolded ? QString() : tr("measuring…");
    m_status->setText(m_workspace.dataset() ? underWay : tr("no images yet"));
    m_wait->start();
}

void DiagnosticsPanel::setOld(bool old) {
    m_isOld = old;
    m_figures->setOld(old);
    m_histogram->setOld(old);
}

/// Does nothing while the panel is hidden: showEvent() and setFolded() ask later.
void DiagnosticsPanel::ask() {
    const DatasetPtr dataset = m_workspace.dataset();
    if (dataset && isVisible() && !m_isFolded)
        m_worker->request({dataset, m_document.pipeline(), m_viewSize, m_seed, m_sample});
}

void DiagnosticsPanel::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    if (m_isOld)
        m_wait->start();
}

void DiagnosticsPanel::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    m_right->setDirection(width() >= wideEnough ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

/// If the measurement failed, the previous values stay, greyed.
void DiagnosticsPanel::showAnswer(const DiagnosticsAnswerPtr &answer) {
    m_message->showText(InlineMessage::Tone::Warning,
                        answer->problem.isEmpty() ? QString() : tr("Not measured: %1.").arg(answer->problem));
    if (!answer->problem.isEmpty()) {
        m_status->setText(tr("not measured"));
        return;
    }
    const ViewDiagnostics &diagnostics = answer->diagnostics;
    m_status->setText(
        tr("%1 images · %2 px").arg(countText(diagnostics.images)).arg(answer->request.viewSize));
    m_figures->showDiagnostics(diagnostics, answer->request.pipeline);
    showHistograms(*answer);
    setOld(false);
    Q_EMIT costsMeasured(diagnostics);
}

void DiagnosticsPanel::showHistograms(const DiagnosticsAnswer &answer) {
    const CropHistograms &histograms = answer.histograms;
    m_histogram->setHistograms(histograms);
    const DiagnosticsRequest &request = answer.request;
    const QString name = QString::fromStdString(request.dataset->sampleName(request.sample));
    m_caption->setText(
        histograms.views.empty()
            ? tr("Cannot read %1").arg(name)
            : tr("Level overlap %1 % · %2").arg(decimalText(100 * histograms.common, 0), name));
}

} // namespace simclr::ui
