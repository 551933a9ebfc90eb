using System.CommandLine;
using System.Diagnostics;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;

namespace Harness.Cli;

/// <summary>The options of commands about the curvature of one model: which model, data set, operator and tensors, and how to compute.</summary>
internal sealed class CurvatureOptions
{
    private readonly Option<string?> _model = CliOption.Text("--model", "A model's id; see harness list models.");

    private readonly Option<string?> _data = CliOption.Text("--data", "A data set of the model. Default: its first.");

    private readonly Option<string> _operator = CliOption.Choice(
        "--operator", "hessian; ggn, the Hessian without the network's own curvature; fisher, over the model's own targets; or empirical-fisher.",
        "hessian", "hessian", "ggn", "fisher", "empirical-fisher");

    private readonly Option<string?> _tensors = CliOption.Text(
        "--tensors", "Only the block of the tensors whose names match, * for any text and ? for one character. Default: all.");

    private readonly Option<bool> _offGradient = CliOption.Switch(
        "--off-gradient", "Restrict to the complement of the gradient: for a point that is not a minimum, where a step changes the loss at first order.");

    private readonly ComputeOptions _compute = new();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _model, _data, _operator, _tensors, _offGradient })
            command.Options.Add(option);
        _compute.AddTo(command);
    }

    /// <summary>Plants the model and makes its operator; tensors belong to the caller's dispose scope.</summary>
    /// <exception cref="UsageException">A name is missing or unknown, or no tensor matches.</exception>
    public CurvatureSubject Create(ParseResult arguments)
    {
        var settings = _compute.Read(arguments);
        settings.SingleSeed();
        settings.Apply();
        var id = arguments.GetValue(_model) ?? throw new UsageException("--model ID is needed; harness list models shows them");
        var toy = Plant.Create(id, settings);
        var data = Data(toy.DataSets, arguments.GetValue(_data));
        var (layout, glob) = (toy.Model.Network.Layout, arguments.GetValue(_tensors));
        var tensors = string.IsNullOrEmpty(glob) ? null : LayerOperator.Names(layout, glob);
        if (tensors is [])
            throw new UsageException($"--tensors: none matches '{glob}'; there are: {string.Join(", ", layout.Select(slot => slot.Name))}");

        var watch = Stopwatch.StartNew();
        var landscape = new LossLandscape(
            toy.Model.Network, toy.Model.Loss, data, new LandscapeOptions { DataType = settings.ScalarType, Device = settings.Device });
        var name = arguments.GetValue(_operator)!;
        ISymmetricOperator whole = name switch
        {
            "ggn" => landscape.GaussNewton(toy.Model.Parameters),
            "fisher" => landscape.Fisher(toy.Model.Parameters),
            "empirical-fisher" => landscape.Fisher(toy.Model.Parameters, FisherKind.Empirical),
            _ => landscape.Hessian(toy.Model.Parameters),
        };
        var layer = tensors is null ? null : new LayerOperator(whole, layout, tensors);
        var block = layer ?? whole;
        var isOffGradient = arguments.GetValue(_offGradient);
        var asked = isOffGradient ? OffGradient(block, layer, landscape.Gradient(toy.Model.Parameters)) : block;
        return new CurvatureSubject(
            id, settings, landscape, name, tensors is null ? null : glob, isOffGradient, whole, layer, asked, watch.Elapsed.TotalSeconds);
    }

    private static ProjectedOperator OffGradient(ISymmetricOperator block, LayerOperator? layer, torch.Tensor gradient) =>
        ProjectedOperator.OffGradient(block, layer is null ? gradient : layer.Restrict(gradient.unsqueeze(0))[0]);

    private static DataSet Data(IReadOnlyList<DataSet> sets, string? name) => name is null
        ? sets[0]
        : sets.FirstOrDefault(set => set.Name == name) ?? throw new UsageException(NearestName.Unknown("data set", name, sets.Select(set => set.Name)));
}
