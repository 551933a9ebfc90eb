using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>
/// <c>model.json</c>, schema <c>model/1</c>: a network and its loss without the tensors' values, in the closed vocabulary that the harness itself
/// interprets. Unknown members, unknown operations and missing members are errors.
/// </summary>
public sealed record ModelDocument
{
    /// <summary>The only schema this version reads and writes.</summary>
    public const string CurrentSchema = "model/1";

    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Schema id; <see cref="CurrentSchema"/>.</summary>
    public required string Schema { get; init; }

    /// <summary>Parameters in layout order.</summary>
    public required IReadOnlyList<TensorDeclaration> Parameters { get; init; }

    /// <summary>Fixed tensors.</summary>
    public required IReadOnlyList<TensorDeclaration> Constants { get; init; }

    /// <summary>Names of the inputs; exactly one.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Name of the output.</summary>
    public required string Output { get; init; }

    /// <summary>The steps, in order.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>The loss.</summary>
    public required LossDeclaration Loss { get; init; }

    /// <summary>A tensor's name and shape.</summary>
    public sealed record TensorDeclaration(string Name, IReadOnlyList<long> Shape);

    /// <summary>The loss: kind, reduction (always <c>mean</c>) and μ of <c>½·μ‖θ‖²</c>.</summary>
    public sealed record LossDeclaration(LossKind Kind, string Reduction, double WeightDecay);

    /// <summary>Describes a model.</summary>
    public static ModelDocument Of(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var network = model.Network;
        if (model.Loss.Factor != 1)
            throw new ArgumentException($"A model document has no place for a factor of the loss; it is {model.Loss.Factor}.", nameof(model));
        return new ModelDocument
        {
            Schema = CurrentSchema,
            Parameters = [.. network.Layout.Select(slot => new TensorDeclaration(slot.Name, slot.Shape))],
            Constants = [.. network.Constants.Select(constant => new TensorDeclaration(constant.Key, constant.Value.shape))],
            Inputs = [network.Input],
            Output = network.Output,
            Operations = network.Operations,
            Loss = new LossDeclaration(model.Loss.Kind, "mean", model.Loss.WeightDecay),
        };
    }

    /// <summary>Builds the model from the tensors' values, by name.</summary>
    /// <exception cref="NetworkException">The schema is unknown, a tensor is missing or mis-shaped, or the network is ill-formed.</exception>
    public Model Build(IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (Schema != CurrentSchema)
            throw new NetworkException($"The schema is '{Schema}', expected '{CurrentSchema}'.");
        if (Inputs.Count != 1 || Loss.Reduction != "mean" || !(Loss.WeightDecay >= 0))
            throw new NetworkException("Expected one input, reduction \"mean\" and a weight decay of at least 0.");
        foreach (var declared in (IEnumerable<TensorDeclaration>)[.. Parameters, .. Constants])
            if (!tensors.TryGetValue(declared.Name, out var tensor) || !tensor.shape.AsSpan().SequenceEqual([.. declared.Shape]))
                throw new NetworkException(
                    $"Tensor '{declared.Name}' should be [{string.Join(", ", declared.Shape)}], but is {(tensor is null ? "missing" : Operation.Shape(tensor))}.");
        var layout = new ParameterLayout(Parameters.Select(p => (p.Name, p.Shape.ToArray())));
        var network = new Network(layout, Operations, Output, Inputs[0], Constants.ToDictionary(c => c.Name, c => tensors[c.Name]));
        return new Model(network, layout.Flatten(tensors), new Loss(Loss.Kind, Loss.WeightDecay));
    }

    /// <summary>The document as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_options);

    /// <summary>Reads a document.</summary>
    /// <exception cref="NetworkException">The text is not a <c>model/1</c> document; the message says where.</exception>
    public static ModelDocument Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelDocument>(json, s_options) ?? throw new NetworkException("model.json is null.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new NetworkException($"model.json is not a {CurrentSchema} document: {exception.Message}", exception);
        }
    }
}
