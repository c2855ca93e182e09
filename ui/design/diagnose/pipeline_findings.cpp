// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/diagnose/pipeline_findings.h"

#include "ui/document/pipeline_document.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/spin_box_behaviour.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyleOptionToolButton>
#include <QStylePainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

namespace {

using Verdict = AugmentationFinding::Verdict;

/// "✓" or "⚠" in the colour of the verdict, in the current theme.
class VerdictMark : public QWidget {
  public:
    explicit VerdictMark(Verdict verdict) : m_verdict(verdict) { setFixedSize(16, 18); }

  protected:
    void paintEvent(QPaintEvent *) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor color = m_verdict == Verdict::Fine      ? theme::good()
                             : m_verdict == Verdict::Unusual ? theme::warning()
                                                             : theme::danger();
        QFont bold = font();
        bold.setBold(true);
        painter.setFont(bold);
        painter.setPen(color);
        painter.drawText(rect(), Qt::AlignCenter,
                         m_verdict == Verdict::Fine ? QStringLiteral("✓") : QStringLiteral("⚠"));
    }

  private:
    Verdict m_verdict;
};

QLabel *sentenceLabel(const Message &text, bool isReason) {
    QLabel *label = isReason ? mutedLabel(coreText(text)) : plainLabel(coreText(text));
    label->setWordWrap(true);
    label->setMinimumWidth(1);
    return label;
}

/// A flat button in the accent colour of the current theme.
class LinkButton : public QToolButton {
  public:
    LinkButton() {
        tint();
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    }

    /// In a narrow panel its text is elided instead of widening the panel.
    QSize minimumSizeHint() const override {
        constexpr int fewLetters = 12;
        const QSize whole = QToolButton::minimumSizeHint();
        return {std::min(whole.width(), fewLetters * fontMetrics().averageCharWidth()), whole.height()};
    }

  protected:
    void paintEvent(QPaintEvent *) override {
        QStylePainter painter(this);
        QStyleOptionToolButton option;
        initStyleOption(&option);
        if (const int missing = sizeHint().width() - width(); missing > 0)
            option.text = fontMetrics().elidedText(option.text, Qt::ElideRight,
                                                   fontMetrics().horizontalAdvance(option.text) - missing);
        painter.drawComplexControl(QStyle::CC_ToolButton, option);
    }
    void changeEvent(QEvent *event) override {
        if (event->type() == QEvent::StyleChange || event->type() == QEvent::ApplicationPaletteChange)
            tint();
        QToolButton::changeEvent(event);
    }

  private:
    void tint() {
        if (palette().color(QPalette::ButtonText) == theme::accent())
            return;
        QPalette tinted = palette();
        tinted.setColor(QPalette::ButtonText, theme::accent());
        setPalette(tinted);
    }
};

QToolButton *linkButton(const QString &text, const QString &name, const QString &toolTip) {
    auto *button = new LinkButton;
    button->setObjectName(name);
    button->setText(plainButtonText(text));
    button->setToolTip(plainToolTip(toolTip));
    button->setAccessibleName(toolTip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

/// Everything of the findings that the user sees.
bool lookAlike(const std::vector<AugmentationFinding> &a, const std::vector<AugmentationFinding> &b) {
    return std::ranges::equal(a, b, [](const AugmentationFinding &x, const AugmentationFinding &y) {
        return x.id == y.id && x.sentence == y.sentence && x.reason == y.reason &&
               x.remedy.has_value() == y.remedy.has_value() &&
               (!x.remedy || x.remedy->title == y.remedy->title);
    });
}

} // namespace

PipelineFindings::PipelineFindings(PipelineDocument &document, QWidget *parent)
    : QWidget(parent), m_document(document), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    connect(&document, &PipelineDocument::changed, this, &PipelineFindings::check);
    check();
}

void PipelineFindings::setSizes(int viewSize, int smallestSide, int usualSide) {
    m_viewSize = viewSize;
    m_smallestSide = smallestSide;
    m_usualSide = usualSide;
    check();
}

/// The lines are not rebuilt while a slider moves without changing a verdict.
void PipelineFindings::check() {
    std::vector<AugmentationFinding> findings =
        checkAugmentation(m_document.pipeline(), m_viewSize, m_smallestSide, m_usualSide);
    const bool isSame = m_lines != nullptr && lookAlike(findings, m_findings);
    m_findings = std::move(findings);
    if (!isSame)
        build();
}

void PipelineFindings::build() {
    if (m_lines != nullptr) {
        m_lines->hide();
        m_lines->deleteLater(); // one of its buttons may be the one being clicked
    }
    m_lines = new QWidget;
    auto *lines = new QVBoxLayout(m_lines);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(4);
    for (const AugmentationFinding &finding : m_findings)
        lines->addWidget(lineOf(finding));
    lines->addStretch();
    m_layout->addWidget(m_lines);
    m_lines->show(); // otherwise not before the next event
}

QWidget *PipelineFindings::lineOf(const AugmentationFinding &finding) {
    auto *line = new QWidget;
    line->setObjectName(QStringLiteral("finding_") + QString::fromStdString(finding.id));
    QLabel *reason = sentenceLabel(finding.reason, true);
    reason->setParent(line); // otherwise an unfolded reason would open as a window
    reason->setObjectName(QStringLiteral("reason_") + QString::fromStdString(finding.id));
    QLabel *sentence = sentenceLabel(finding.sentence, false);
    sentence->setToolTip(plainToolTip(coreText(finding.reason)));
    auto *text = new QVBoxLayout;
    text->setSpacing(1);
    text->addWidget(sentence);
    text->addWidget(reason);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addWidget(new VerdictMark(finding.verdict), 0, Qt::AlignTop);
    layout->addLayout(text, 1);
    QWidget *buttons = buttonsOf(finding, reason);
    if (finding.remedy)
        text->addWidget(buttons);
    else
        layout->addWidget(buttons, 0, Qt::AlignTop);
    return line;
}

QWidget *PipelineFindings::buttonsOf(const AugmentationFinding &finding, QWidget *reason) {
    const QString id = QString::fromStdString(finding.id);
    auto *buttons = new QWidget;
    auto *layout = new QHBoxLayout(buttons);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    QToolButton *why =
        linkButton(tr("why"), QStringLiteral("why_") + id, tr("Why: %1").arg(coreText(finding.sentence)));
    why->setCheckable(true);
    why->setChecked(m_unfolded.contains(id));
    reason->setVisible(why->isChecked());
    connect(why, &QToolButton::toggled, this, [this, id, reason](bool unfolded) {
        if (unfolded)
            m_unfolded.insert(id);
        else
            m_unfolded.remove(id);
        reason->setVisible(unfolded);
    });
    layout->addWidget(why);
    if (finding.remedy) {
        const QString title = coreText(finding.remedy->title);
        QToolButton *button =
            linkButton(title, QStringLiteral("apply_") + id, tr("%1, as one undoable step").arg(title));
        connect(button, &QToolButton::clicked, this, [this, id = finding.id] { apply(id); });
        layout->addWidget(button);
    }
    if (finding.remedy)
        layout->addStretch();
    return buttons;
}

void PipelineFindings::apply(const std::string &id) {
    commitPendingNumber(); // the findings may change with it
    const auto found = std::ranges::find(m_findings, id, &AugmentationFinding::id);
    if (found == m_findings.end() || !found->remedy)
        return;
    const AugmentationFinding::Remedy remedy = *found->remedy; // a copy: the change replaces the findings
    m_document.change(remedy.after, coreText(remedy.title));
}

} // namespace simclr::ui
