namespace Harness.Grading;

/// <summary>Every axis beside recovery, in the order in which reports show them.</summary>
public static class AxisCatalog
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Axis> All { get; } =
    [
        new("selectivity", "Moving along what was found changes outputs where the plant is used and nowhere else; 1 is perfect.",
            CheckDirection.Higher, Selectivity.Read),
        new("selectivity.far", "The same for five times the change.", CheckDirection.Higher, Selectivity.ReadFar),
        new("selectivity.hidden", "The same without the last layer's share of the direction.", CheckDirection.Higher, Selectivity.ReadHidden),
        new("necessity.active", "Rise in loss where a plant is used, when the component matched to it is taken out.", CheckDirection.Higher, Ablation.RiseOnActive),
        new("necessity.inactive", "The same where the plant is not used: nothing should happen.", CheckDirection.Lower, Ablation.RiseOnInactive),
        new("sufficiency", "Share of the loss recovered by the components active on each input alone.", CheckDirection.Higher, Ablation.Sufficiency),
        new("sufficiency.masks", "The same with the worst subset of the inactive components left in.", CheckDirection.Higher, MechanisticFaithfulness.Read),
        new("activity.auroc", "Claimed against true activity: probability that an active input is ranked above an inactive one; chance is ½.",
            CheckDirection.Higher, ActivityAgreement.AreaUnderCurve),
        new("activity.precision", "Claimed against true activity: average precision; chance is the share of active inputs.",
            CheckDirection.Higher, ActivityAgreement.AveragePrecision),
        new("activity.identity", "Claimed activity on inputs with one feature alone: entries that are off the identity pattern by more than 0.1 (SPD's measure); 0 is the pattern.",
            CheckDirection.Lower, answer => OneHotImportances.Identity(answer, CausalImportanceError.DefaultThreshold)),
        new("activity.identity-loose", "The same by more than 0.2.", CheckDirection.Lower, answer => OneHotImportances.Identity(answer, OneHotImportances.LooseThreshold)),
        new("activity.dense", "The same for weight matrices that every feature uses: claims above 0.1 by more subnetworks than are planted there.",
            CheckDirection.Lower, answer => OneHotImportances.Dense(answer, CausalImportanceError.DefaultThreshold)),
        new("activity.dense-loose", "The same above 0.2.", CheckDirection.Lower, answer => OneHotImportances.Dense(answer, OneHotImportances.LooseThreshold)),
        new("faithfulness.sum", "‖θ* − Σp‖²/‖θ*‖² over the decomposed tensors; 0 is exact.", CheckDirection.Lower, SumFaithfulness.Read),
        new("simplicity.active", "Subnetworks active on an input, in the mean; the oracle's is the truth's.", CheckDirection.Lower, ActivityAgreement.MeanActive),
        new("simplicity.rank", "Effective rank of a component's tensors, in the mean; the oracle's is the truth's.", CheckDirection.Lower, EffectiveRank.Read),
        new("literature.mmcs", "Mean maximum cosine similarity, as papers report it; θ* alone reaches 1.", CheckDirection.Higher, LiteratureScores.MeanMaxCosine),
        new("literature.ml2r", "Mean length ratio, as papers report it; θ* alone reaches 1.", CheckDirection.Higher, LiteratureScores.MeanLengthRatio),
        new("literature.l3d-reconstruction", "L3D's loss: share of per-sample gradients that one subnetwork a sample does not give back; the whole space reaches 0.",
            CheckDirection.Lower, LiteratureLosses.GradientReconstruction),
        new("literature.apd-faithfulness", "APD's loss Σ(θ* − Σp)²; θ* alone reaches 0.", CheckDirection.Lower, LiteratureLosses.Faithfulness),
        new("literature.apd-minimality", "APD's loss: change of the outputs when each input keeps only the components it attributes most to; θ* alone reaches 0.",
            CheckDirection.Lower, LiteratureLosses.Minimality),
        new("literature.spd-faithfulness", "SPD's loss: APD's over the number of parameters; θ* alone reaches 0.", CheckDirection.Lower, LiteratureLosses.MeanFaithfulness),
        new("literature.spd-minimality", "SPD's loss at p = 1: sum of claimed importances (at most 1 each) on an input, in the mean; θ*, always on, reaches 1.",
            CheckDirection.Lower, LiteratureLosses.Importance),
    ];
}
