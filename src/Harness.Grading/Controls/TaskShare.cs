using Harness.Decompositions;
using Harness.Models;
using Harness.ToyModels;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>
/// How much of the original's task the parts of an answer do on a control, which itself does not do it: <c>(L_zero − L_parts)/(L_zero − L_original)</c> with the
/// parts that are claimed to be active on each input, 0 … 1. Parts that do it are not parts of this network: they were learned beside it.
/// </summary>
/// <remarks>toymodels.md, C: superposition is judged by function. L_zero is the control without its decomposed tensors.</remarks>
internal sealed class TaskShare
{
    private readonly TruthProfile _profile;
    private readonly Model _model;
    private readonly IReadOnlyList<DataSet> _data;
    private readonly double _original;
    private readonly double _oracle;
    private readonly double _null;

    internal TaskShare(TruthProfile profile, ToyModel control, ToyModel original)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        (_profile, _model, _data) = (profile, new Model(profile.Network, profile.Parameters, control.Model.Loss), control.DataSets);
        _original = new FunctionProbe(_model, _data).Losses(original.Model.Parameters).mean().ToDouble();
        var falsePlant = original.Truth.Subnetworks.Where(one => one.Component is not null)
            .Select(one => new Subnetwork(one.Name, component: one.Component! * profile.DecomposedMask)).ToList();
        (_oracle, _null) = (Of(falsePlant), Of([new Subnetwork("θ*", component: profile.Parameters)]));
    }

    /// <summary>One value, with the original's own parts for an oracle and the control's θ* for a null; or the reason why there is none.</summary>
    internal IReadOnlyList<CheckValue> Values(IReadOnlyList<Subnetwork> answer)
    {
        const string check = $"{ControlValues.Check}.function";
        if (answer.All(one => one.Component is null))
            return [new CheckValue(check) { Reason = "the answer has directions only, and this control is judged by what components do" }];
        if (_oracle - _null < Bar.LeastRoom)
            return [new CheckValue(check) { Null = _null, Oracle = _oracle, Reason = $"the original's own parts do {_oracle:0.000} of the task here, θ* does {_null:0.000}" }];
        var share = Of(answer);
        return [new CheckValue(check) { Value = share, Null = _null, Oracle = _oracle, Ratio = (share - _null) / (_oracle - _null) }];
    }

    private double Of(IReadOnlyList<Subnetwork> answer)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var parts = new MaskedComponents(new GradedAnswer(_profile, _model, _data, answer, []));
        var (zero, kept) = (parts.LossOfNone(), parts.Loss(new double[parts.Count]));
        return zero > _original ? Math.Clamp((zero - kept) / (zero - _original), 0, 1) : 0;
    }
}
