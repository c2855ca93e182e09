// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/diagnose/diagnostics_worker.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QTimer;
class QToolButton;

namespace simclr::ui {

class ElidedLabel;
class InlineMessage;
class DiagnosticsFigures;
class DiagnosticsHistogram;
class PipelineFindings;
class PipelineDocument;
class Workspace;

/// Properties of the views before any training: the diagnostics, the histograms of Figure 6, and the SimCLR
/// paper's findings about the pipeline. Measured again a moment after the last change while the panel is
/// visible; until then the previous values stay, greyed. Owned by the DesignPage; UI thread.
class DiagnosticsPanel : public QWidget {
    Q_OBJECT
  public:
    DiagnosticsPanel(Workspace &workspace, PipelineDocument &document, QWidget *parent = nullptr);

    bool isFolded() const { return m_isFolded; }

  public Q_SLOTS:
    /// Side of the views in pixels.
    void setViewSize(int side);
    void setSeed(quint64 seed);
    /// The image whose histograms are shown; ignored if the dataset has no such image.
    void setSample(quint32 sample);
    void setFolded(bool folded);

  Q_SIGNALS:
    /// Measurements of the current pipeline, among them the cost of each step.
    void costsMeasured(const simclr::ViewDiagnostics &diagnostics);

  protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

  private:
    QWidget *makeHeader();
    QWidget *makeHistogram();
    QWidget *makeBody();
    void startOver();
    void updateSizes();
    void outdate();
    void ask();
    void showAnswer(const DiagnosticsAnswerPtr &answer);
    void showHistograms(const DiagnosticsAnswer &answer);
    void setOld(bool old);

    Workspace &m_workspace;
    DiagnosticsWorker *m_worker;
    PipelineDocument &m_document;
    QTimer *m_wait;
    QToolButton *m_fold;
    ElidedLabel *m_status;
    InlineMessage *m_message;
    DiagnosticsFigures *m_figures;
    DiagnosticsHistogram *m_histogram;
    ElidedLabel *m_caption;
    PipelineFindings *m_recipe;
    QBoxLayout *m_right; ///< histogram and recipe check: one below the other, or side by side
    QWidget *m_body;
    int m_viewSize = 32;
    quint64 m_seed = 1;
    quint32 m_sample = 0;
    bool m_isOld = true;
    bool m_isFolded = false;
};

} // namespace simclr::ui
