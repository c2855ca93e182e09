// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augmentation_check.h"

#include <QSet>
#include <QWidget>

class QVBoxLayout;

namespace simclr::ui {

class PipelineDocument;

/// The SimCLR paper's findings about the edited pipeline, one line each; "why" unfolds the reason, and a
/// button applies the remedy as one undoable step. Owned by the DiagnosticsPanel; UI thread.
class PipelineFindings : public QWidget {
    Q_OBJECT
  public:
    explicit PipelineFindings(PipelineDocument &document, QWidget *parent = nullptr);

    /// Side lengths in pixels: of the views, the smallest one and the usual shorter one of the images; 0:
    /// unknown.
    void setSizes(int viewSize, int smallestSide, int usualSide);

  private:
    void check();
    void build();
    QWidget *lineOf(const AugmentationFinding &finding);
    QWidget *buttonsOf(const AugmentationFinding &finding, QWidget *reason);
    void apply(const std::string &id);

    PipelineDocument &m_document;
    int m_viewSize = 32;
    int m_smallestSide = 0;
    int m_usualSide = 0;
    std::vector<AugmentationFinding> m_findings;
    QSet<QString> m_unfolded; ///< ids
    QWidget *m_lines = nullptr;
    QVBoxLayout *m_layout;
};

} // namespace simclr::ui
