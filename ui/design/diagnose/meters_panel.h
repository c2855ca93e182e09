// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/diagnose/meters_worker.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QTimer;
class QToolButton;

namespace simclr::ui {

class ElidedLabel;
class InlineMessage;
class MetersFigures;
class MetersHistogram;
class MetersRecipe;
class PipelineDocument;
class Workspace;

/// What the views are like before anything is trained: the meters, the histograms of Figure 6, and what the
/// findings of SimCLR say of the pipeline. Measured anew a moment after the last change, as long as it is
/// seen; until then the old numbers stay, greyed. Owned by the DesignPage; UI thread.
class MetersPanel : public QWidget {
    Q_OBJECT
  public:
    MetersPanel(Workspace &workspace, PipelineDocument &document, QWidget *parent = nullptr);

    bool isFolded() const { return m_isFolded; }

  public Q_SLOTS:
    /// Side of the views in pixels.
    void setViewSize(int side);
    void setSeed(quint64 seed);
    /// The image whose histograms are shown; one that the dataset does not hold is not heeded.
    void setSample(quint32 sample);
    void setFolded(bool folded);

  Q_SIGNALS:
    /// Of the pipeline as it is now: what each of its steps costs, among others.
    void costsMeasured(const simclr::Meters &meters);

  protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

  private:
    QWidget *makeHeader();
    QWidget *makeHistogram();
    QWidget *makeBody();
    void startOver();
    void tellSizes();
    void outdate();
    void ask();
    void showAnswer(const MetersAnswerPtr &answer);
    void showHistograms(const MetersAnswer &answer);
    void setOld(bool old);

    Workspace &m_workspace;
    MetersWorker *m_worker;
    PipelineDocument &m_document;
    QTimer *m_wait;
    QToolButton *m_fold;
    ElidedLabel *m_status;
    InlineMessage *m_message;
    MetersFigures *m_figures;
    MetersHistogram *m_histogram;
    ElidedLabel *m_caption;
    MetersRecipe *m_recipe;
    QBoxLayout *m_right; ///< histogram and recipe: below or beside each other
    QWidget *m_body;
    int m_viewSize = 32;
    quint64 m_seed = 1;
    quint32 m_sample = 0;
    bool m_isOld = true;
    bool m_isFolded = false;
};

} // namespace simclr::ui
